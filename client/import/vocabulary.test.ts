import { expect, test } from '@jest/globals'
import { localeOf, roleOf } from './vocabulary.ts'

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
