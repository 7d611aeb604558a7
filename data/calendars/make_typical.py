"""Writes england-typical.json beside this script, by the rules that stand in it. Python 3.11, the standard
library alone:

    python3 data/calendars/make_typical.py
"""
import datetime, json, pathlib

DAY = datetime.timedelta(days=1)
RULE = [
    "Autumn begins on the first weekday of September and ends on the last Friday on or before 21 December; half-term is the week of the last Monday in October.",
    "Spring begins on the first weekday after two whole weeks of holiday that is no bank holiday; half-term is the week of the third Monday in February.",
    "Easter in March: the holiday is Good Friday and the two weeks after it. Easter in April: the two weeks from the first Monday of April or the Monday before Easter, whichever is earlier, and Easter Monday where it follows.",
    "Summer begins on the first weekday after the Easter holiday, has half-term in the week of the spring bank holiday (the last Monday in May), is closed on the early May bank holiday, and ends when the year has had 195 school days: 190 for children and five for staff.",
]


def monday(year, month, nth):
    """The nth Monday of a month; -1 for the last."""
    days = [day for day in (datetime.date(year, month, 1) + DAY * i for i in range(31)) if day.month == month and day.weekday() == 0]
    return days[nth if nth < 0 else nth - 1]


def easter(year):
    """Meeus, Jones and Butcher."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    l = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def weekday(day):
    while day.weekday() > 4:
        day += DAY
    return day


def term(name, first, last, pause):
    return {"term": name, "first": str(first), "last": str(last), "half_term": {"first": str(pause), "last": str(pause + 4 * DAY)}}


def weekdays(first, last, pause, closed=()):
    days = [first + DAY * i for i in range((last - first).days + 1)]
    return [d for d in days if d.weekday() < 5 and not pause <= d <= pause + 4 * DAY and d not in closed]


def year(start):
    autumn = weekday(datetime.date(start, 9, 1))
    christmas = max(day for day in (datetime.date(start, 12, 21) - DAY * i for i in range(7)) if day.weekday() == 4)
    spring = christmas + 17 * DAY
    # New Year's Day on a weekend is made up for on the next weekday.
    new_year = weekday(datetime.date(start + 1, 1, 1))
    spring = spring + DAY if spring == new_year else spring
    sunday = easter(start + 1)
    if sunday.month == 3:
        before, after = sunday - 3 * DAY, sunday + 15 * DAY
    else:
        begin = min(monday(start + 1, 4, 1), sunday - 6 * DAY)
        before, after = begin - 2 * DAY, begin + 14 * DAY
        after = after + DAY if after == sunday + DAY else after
    spring_end = max(day for day in (before - DAY * i for i in range(1, 5)) if day.weekday() < 5)
    summer = weekday(after)
    may = monday(start + 1, 5, 1)
    halves = [monday(start, 10, -1), monday(start + 1, 2, 3), monday(start + 1, 5, -1)]
    so_far = len(weekdays(autumn, christmas, halves[0])) + len(weekdays(spring, spring_end, halves[1]))
    left = weekdays(summer, datetime.date(start + 1, 8, 31), halves[2], {may})[195 - so_far - 1]
    return {
        "year": f"{start}/{(start + 1) % 100:02}",
        "terms": [term("autumn", autumn, christmas, halves[0]), term("spring", spring, spring_end, halves[1]),
                  term("summer", summer, left, halves[2])],
        "closed": [{"first": str(may), "what": "Early May bank holiday"}],
    }


calendar = {
    "id": "england-typical",
    "name": "A typical year in England, not of any authority",
    "certainty": "typical",
    "source": "Computed by the rules below, which are what most authorities do; check it against the dates of your own authority and school. Bank holidays: gov.uk/bank-holidays",
    "rule": RULE,
    "years": [year(start) for start in range(2024, 2028)],
}
with open(pathlib.Path(__file__).parent / "england-typical.json", "w") as out:
    out.write(json.dumps(calendar, indent=1, ensure_ascii=False) + "\n")
