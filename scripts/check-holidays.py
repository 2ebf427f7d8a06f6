"""Holidays of Relance, compared with another source: the package `holidays` of PyPI, for the years 2025 to 2031.

    npm run build && pip install holidays && python3 scripts/check-holidays.py [COUNTRY ...]

Prints, for each country, the working days that only one of the two takes for a public holiday, and then the countries
whose weekend the two say differently. Without countries, all that are looked after are compared, in one line each.
"""
import datetime
import json
import subprocess
import sys

import holidays

YEARS = range(2025, 2032)
COUNTRIES = """AE AR AT AU BE BR CA CH CL CN CO CZ DE DK DZ EG ES FI FR GB GR HK HU ID IE IL IN IT JO JP KR KW LU MA MX
MY NL NO NZ PE PH PL PT QA RO SA SE SG TH TN TR TW US VN ZA""".split()

OURS = """
import { holidayOn } from './dist/cadence/calendar/holidays.js'
import { workingWeek } from './dist/cadence/calendar/working-week.js'
const [from, to, ...countries] = process.argv.slice(1)
const first = Date.UTC(from) / 864e5, end = Date.UTC(to) / 864e5
const all = {}
for (const country of countries) {
  const days = {}
  for (let day = first; day < end; day++) {
    const name = holidayOn(country, day)
    if (name) days[new Date(day * 864e5).toISOString().slice(0, 10)] = name
  }
  all[country] = { days, week: workingWeek(country) }
}
console.log(JSON.stringify(all))
"""


def ours(countries):
    command = ["node", "--input-type=module", "-e", OURS, str(YEARS.start), str(YEARS.stop), *countries]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main(asked):
    weeks = []
    for country, mine in ours(asked or COUNTRIES).items():
        theirs = getattr(holidays, country)(years=YEARS)
        named = {day.isoformat(): name for day, name in theirs.items() if day.year in YEARS}
        working = lambda day: datetime.date.fromisoformat(day).weekday() not in theirs.weekend
        lacking = [day for day in sorted(named) if day not in mine["days"] and working(day)]
        added = [day for day in sorted(mine["days"]) if day not in named and working(day)]
        print(f"{country}: lacks {len(lacking)}, adds {len(added)}")
        if asked:
            for day in lacking:
                print(f"  - {day} {named[day]}")
            for day in added:
                print(f"  + {day} {mine['days'][day]}")
        week = sorted(set(range(1, 8)) - {day + 1 for day in theirs.weekend})
        if week != mine["week"]:
            weeks.append(f"{country}: ours {mine['week']}, theirs {week}")
    print("\nworking weeks that differ (1 is Monday):", *(weeks or ["none"]), sep="\n")


main(sys.argv[1:])
