/**
 * Working weeks by country, where they aren't Monday to Friday. Sources: the Unicode CLDR (supplemental `weekData`, as
 * Node has it) and the weekends of PyPI's `holidays` 0.109, where both say so or only one says anything; a country whose
 * only free day is Sunday keeps Monday to Friday, for offices there are closed or half open on Saturday.
 */

const SUNDAY_TO_THURSDAY = [1, 2, 3, 4, 7]
const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5]

const WEEKS: Record<string, readonly number[]> = {
  ...Object.fromEntries(
    ['BD', 'BH', 'DZ', 'EG', 'IL', 'IQ', 'JO', 'KW', 'LY', 'MV', 'OM', 'QA', 'SA', 'SD', 'SY', 'YE'].map(
      (country) => [country, SUNDAY_TO_THURSDAY],
    ),
  ),
  // Free on Friday only.
  IR: [1, 2, 3, 4, 6, 7],
}

/** ISO weekdays, Monday 1 … Sunday 7, on which people work. @param code - a country, or one of its regions */
export const workingWeek = (code: string): number[] => [...(WEEKS[code.slice(0, 2)] ?? MONDAY_TO_FRIDAY)]
