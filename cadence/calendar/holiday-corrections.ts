/**
 * Corrections of date-holidays (3.37): what it lacks or adds, by country, each with the rule that says so. Found by
 * `scripts/check-holidays.py`, which compares with another source; docs/cadences.md says what is left.
 */
import { DAY } from '../time.ts'
import { dateOf, weekday } from './zone.ts'

/** A year's holidays, by day number. */
type Days = Map<number, string>
type Correction = (days: Days, year: number) => void

const SATURDAY = 6
const SUNDAY = 7

const day = (year: number, month: number, date: number): number => Date.UTC(year, month - 1, date) / DAY

/** A holiday of every year since one. */
const every =
  (month: number, date: number, name: string, since = 0): Correction =>
  (days, year) => {
    if (year >= since) days.set(day(year, month, date), name)
  }

/** Where a date is one of these weekdays, another day so much later is taken for it. */
const instead =
  (month: number, date: number, name: string, shifts: Record<number, number>): Correction =>
  (days, year) => {
    const on = day(year, month, date)
    const shift = shifts[weekday(on)]
    if (shift !== undefined) days.set(on + shift, name)
  }

/** What isn't a holiday any more. */
const never =
  (...names: string[]): Correction =>
  (days) => {
    for (const [on, name] of days) if (names.includes(name)) days.delete(on)
  }

/** A holiday is a day longer: at its end (`1`), or before it begins (`-1`), under a name of its own. */
const longer =
  (name: string, by: 1 | -1, as = name): Correction =>
  (days, year) => {
    for (const [on, other] of [...days]) {
      const next = on + by
      if (other !== name || days.get(next) === name || !dateOf(next).startsWith(String(year))) continue
      if (!days.has(next)) days.set(next, as)
    }
  }

/** The Friday before Midsummer Day, which is a Saturday from the 20th to the 26th of June. */
const midsummerEve: Correction = (days, year) => {
  const first = day(year, 6, 19)
  days.set(first + ((5 - weekday(first) + 7) % 7), 'juhannusaatto')
}

/** By country; they hold in its regions, too. */
const CORRECTIONS: Record<string, readonly Correction[]> = {
  // 5 U.S.C. § 6103(b) and Executive Order 11582: Saturday's is taken on Friday, Sunday's on Monday.
  US: [instead(11, 11, 'Veterans Day (substitute day)', { [SATURDAY]: -1, [SUNDAY]: 1 })],
  // Canada Labour Code, R.S.C. 1985, c. L-2, s. 195: on a working day beside it; in practice the Monday after.
  CA: [
    instead(12, 25, 'Christmas Day (substitute day)', { [SATURDAY]: 2 }),
    instead(1, 1, "New Year's Day (substitute day)", { [SATURDAY]: 2 }),
  ],
  // Vuosilomalaki (Annual Holidays Act) 162/2005, 4 §: Midsummer Eve and Christmas Eve are no working days.
  FI: [midsummerEve, every(12, 24, 'jouluaatto')],
  // Labour Code (Act I of 2012), § 102, as amended: Christmas Eve since 2024.
  HU: [every(12, 24, 'Szenteste', 2024)],
  // Cabinet Resolution 27 of 2024 on public holidays: two days for the union, and the day of Arafah; neither the first of
  // Ramadan nor, since 2019, the night journey.
  AE: [
    never('اليوم الأول من رمضان', 'الإسراء والمعراج'),
    every(12, 3, 'اليوم الوطني'),
    longer('عيد الأضحى', -1, 'يوم عرفة'),
  ],
  // Décret 2-77-169 as amended by 2-00-166: both feasts and the Prophet's birthday take two days. Royal decisions of 3 May
  // 2023 (Amazigh New Year) and 4 November 2025 (Unity Day).
  MA: [
    every(1, 14, 'رأس السنة الأمازيغية', 2024),
    every(10, 31, 'عيد الوحدة', 2026),
    longer('عيد الفطر', 1),
    longer('عيد الأضحى', 1),
    longer('المولد النبويّ', 1),
  ],
}

/** Corrects a country's holidays of a year. */
export function correct(country: string, year: number, days: Days): void {
  for (const correction of CORRECTIONS[country] ?? []) correction(days, year)
}
