/** Regions as people write them, to the codes that holidays are known by. */
import { describe, expect, test } from '@jest/globals'
import { region, regionNames } from '../../cadence/calendar/holidays.ts'
import { placeOf, regionOf } from './region.ts'
import { zoneOfPlace } from './zone.ts'

describe('regionOf', () => {
  test.each([
    ['BY', 'DE', 'DE-BY'],
    ['by', 'DE', 'DE-BY'],
    ['DE-BY', undefined, 'DE-BY'],
    ['de-by', 'DE', 'DE-BY'],
    ['DE-BY-A', 'DE', 'DE-BY-A'],
    ['Bayern', 'DE', 'DE-BY'],
    ['Bavaria', 'DE', 'DE-BY'],
    ['Bavière', 'DE', 'DE-BY'],
    ['Freistaat Bayern', 'DE', 'DE-BY'],
    ['Nordrhein-Westfalen', 'DE', 'DE-NW'],
    ['Hamburg', 'DE', 'DE-HH'],
    ['Kanton Bern', 'CH', 'CH-BE'],
    ['Genève', 'CH', 'CH-GE'],
    ['Genf', 'CH', 'CH-GE'],
    ['canton de Vaud', 'CH', 'CH-VD'],
    ['Québec', 'CA', 'CA-QC'],
    ['Colombie-Britannique', 'CA', 'CA-BC'],
    ['California', 'US', 'US-CA'],
    ['CA', 'US', 'US-CA'],
    ['Washington', 'US', 'US-WA'],
    ['Washington, D.C.', 'US', 'US-DC'],
    ['Cataluña', 'ES', 'ES-CT'],
    ['Comunidad de Madrid', 'ES', 'ES-MD'],
    ['Moselle', 'FR', 'FR-57'],
    ['La Réunion', 'FR', 'FR-RE'],
    ['Scotland', 'GB', 'GB-SCT'],
  ])('%j in %j is %s', (text, country, code) => expect(regionOf(text, country)).toBe(code))

  test.each([
    ['Bretagne', 'FR'],
    ['Bayren', 'DE'],
    ['DE-BY', 'FR'],
    ['DE-XX', 'DE'],
    ['DE', 'DE'],
    ['CA', undefined],
    ['Bayern', undefined],
    ['', 'DE'],
    ['Atlantis', 'XX'],
    ['-', 'DE'],
  ])('%j in %j is none', (text, country) => expect(regionOf(text, country)).toBeUndefined())

  test('every name that is listed is found, and nothing else of its country', () => {
    const wrong: string[] = []
    for (const country of ['DE', 'CH', 'AT', 'ES', 'US', 'CA', 'AU', 'BR', 'IT', 'GB', 'FR', 'IN']) {
      for (const [code, name] of regionNames(country)) {
        if (regionOf(name, country) !== `${country}-${code}`) wrong.push(`${country}-${code} ${name}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('placeOf', () => {
  test.each([
    ['Germany', { country: 'DE' }],
    ['DE-BY', { country: 'DE', region: 'DE-BY' }],
    ['Écosse', { country: 'GB', region: 'GB-SCT' }],
    ['UK', { country: 'GB' }],
    ['France', { country: 'FR' }],
    ['La Réunion', { country: 'RE' }],
    ['Nowhere', undefined],
  ])('%j is %j', (text, place) => expect(placeOf(text)).toEqual(place))
})

describe('zoneOfPlace', () => {
  test.each([
    ['US', 'US-CA', 'America/Los_Angeles', 'region'],
    ['US', 'US-NY', 'America/New_York', 'region'],
    ['US', undefined, 'America/New_York', 'country'],
    ['DE', 'DE-BY', 'Europe/Berlin', 'country'],
    ['ES', 'ES-CN', 'Atlantic/Canary', 'region'],
    ['RU', 'RU-OMS', 'Europe/Moscow', 'country'],
  ])('of %s, %s is %s', (country, part, zone, from) => {
    expect(zoneOfPlace({ country, region: part })).toEqual({ zone, from })
  })

  test('every region of a country that is read by region has a zone that Intl knows', () => {
    for (const country of ['US', 'CA', 'AU', 'BR', 'ES']) {
      for (const [code] of regionNames(country)) {
        const { zone } = zoneOfPlace({ country, region: region(country, code) })
        expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow()
      }
    }
  })
})
