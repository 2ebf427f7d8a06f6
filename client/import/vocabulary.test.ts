import { describe, expect, test } from '@jest/globals'
import {
  forbidsMarketing,
  localeOf,
  roleOf,
  saysNotOptedIn,
  saysOptedOut,
  statusForbids,
} from './vocabulary.ts'

test.each([
  ['Decision Maker', 'decision_maker'],
  ['BUDGET_HOLDER', 'decision_maker'],
  ['Champion', 'influencer'],
  ['END_USER', 'user'],
  ['Blocker', 'saboteur'],
  ['Champion;Blocker', 'saboteur'],
  ['End User;Decision Maker', 'decision_maker'],
  ['Décideuse', 'decision_maker'],
  ['decision_maker', 'decision_maker'],
  ['Other', undefined],
])('the role of %j is %s', (text, role) => expect(roleOf(text)).toBe(role))

test.each([
  ['fr', 'fr'],
  ['fr_CA', 'fr'],
  ['pt-BR', 'pt'],
  ['French', 'fr'],
  ['Français (France)', 'fr'],
  ['anglais', 'en'],
  ['Deutsch', 'de'],
  ['xx', undefined],
  ['Klingon', undefined],
])('the language of %j is %s', (text, locale) => expect(localeOf(text)).toBe(locale))

describe('consent', () => {
  test('an opt-out column: anything but a clear no', () => {
    expect(
      ['TRUE', '1', 'Oui', 'x', '✓', '2026-01-03', 'Mailbox full'].filter((t) => !saysOptedOut(t)),
    ).toEqual([])
    expect(['', 'false', '0', 'Non', 'No', '-', 'n/a', 'Subscribed'].filter(saysOptedOut)).toEqual([])
  })

  test('an opt-in column: only a clear no', () => {
    expect(['no', 'Non', 'FALSE', '0', 'refusé', 'Opted out'].filter((t) => !saysNotOptedIn(t))).toEqual([])
    expect(['', 'yes', 'x', '✓', '2026-01-03', 'web form'].filter(saysNotOptedIn)).toEqual([])
  })

  test('a marketing status: whatever is not known to allow it', () => {
    const no = ['unsubscribed', 'no_consent', 'Désabonné', 'cleaned', 'bounced', 'a value of tomorrow']
    expect(no.filter((t) => !forbidsMarketing(t))).toEqual([])
    expect(['', 'subscribed', 'archived', 'Abonné'].filter(forbidsMarketing)).toEqual([])
  })

  test('a sales status: only where it says so', () => {
    const no = ['Unsubscribed', 'Ne plus contacter', 'Do not contact', 'DO_NOT_EMAIL', 'Bounced']
    expect(no.filter((t) => !statusForbids(t))).toEqual([])
    expect(['NEW', 'Open - Not Contacted', 'ATTEMPTED_TO_CONTACT', 'Verified'].filter(statusForbids)).toEqual(
      [],
    )
  })
})
