import { describe, expect, test } from '@jest/globals'
import { countryCode } from './country.ts'
import { zoneName, zoneOfCountry } from './zone.ts'

describe('countryCode', () => {
  test.each([
    ['FR', 'FR'],
    ['france', 'FR'],
    ['États-Unis', 'US'],
    ['U.S.A.', 'US'],
    ['ROYAUME-UNI', 'GB'],
    ['UK', 'GB'],
    ['Pays-Bas', 'NL'],
    ['Czech Republic', 'CZ'],
    ['Côte d’Ivoire', 'CI'],
    ['Bosnia and Herzegovina', 'BA'],
    ['Trinité-et-Tobago', 'TT'],
    ['South Korea', 'KR'],
  ])('%j is %s', (name, code) => expect(countryCode(name)).toBe(code))

  test.each(['Atlantis', 'ZZ', 'EU', 'DD', 'Congo', ''])('%j is none', (name) => {
    expect(countryCode(name)).toBeUndefined()
  })
})

describe('zoneName', () => {
  test.each([
    ['Europe/Paris', 'Europe/Paris'],
    ['europe_paris', 'Europe/Paris'],
    ['america_slash_new_york', 'America/New_York'],
    ['america_north_dakota_center', 'America/North_Dakota/Center'],
    ['asia_kolkata', 'Asia/Kolkata'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['america_montreal', 'America/Montreal'],
    ['(GMT+01:00) Central European Standard Time (Europe/Paris)', 'Europe/Paris'],
    ['us_slash_eastern', 'US/Eastern'],
    ['UTC', 'UTC'],
  ])('%j is %s, which Intl knows', (text, zone) => {
    expect(zoneName(text)).toBe(zone)
    expect(() => new Intl.DateTimeFormat('fr', { timeZone: zone })).not.toThrow()
  })

  test.each(['Europe/Nowhere', 'Paris', '+01:00', 'CET', '../etc', 'Etc/GMT+3', 'a_'.repeat(1000)])(
    '%j is none',
    (text) => expect(zoneName(text)).toBeUndefined(),
  )
})

describe('zoneOfCountry', () => {
  test.each([
    ['FR', 'Europe/Paris'],
    ['US', 'America/New_York'],
    ['CA', 'America/Toronto'],
    ['IN', 'Asia/Kolkata'],
    ['BV', undefined],
  ])('%s is %s', (code, zone) => expect(zoneOfCountry(code)).toBe(zone))

  test('of any country is one that Intl knows, and a country with several has one chosen', () => {
    for (const a of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
      for (const b of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
        const code = countryCode(a + b)
        const zone = code && zoneOfCountry(code)
        if (zone) expect(() => new Intl.DateTimeFormat('fr', { timeZone: zone })).not.toThrow()
      }
    }
    expect([zoneOfCountry('DE'), zoneOfCountry('CN')]).toEqual(['Europe/Berlin', 'Asia/Shanghai'])
  })
})
