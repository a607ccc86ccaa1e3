"""Read a date as printed in words, with the precision it means; invents no day that the words do not give."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"), start=1
    )
    for name in names.split()
}  # fmt: skip
MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December" \
        r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.(?= ?\d))?"  # fmt: skip
# The last month of each season, as boards use the words; winter ends in February of the next year.
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}
YEAR_PAIR = r"(?P<year>20\d\d) ?(?:/|-|–|to|and) ?(?:20)?(?P<next>\d\d)(?!\d)"
BEFORE, AFTER = r"(?<![\w/.£-])", r"(?![\w/-]|\.\d)"


def shape(body: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(BEFORE + body + AFTER, flags)


DAY_MONTH = shape(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {MONTH},?(?: (?P<year>20\d\d|['’]\d\d))?")
MONTH_DAY = shape(rf"{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>20\d\d)")
FIGURES = shape(r"(?P<day>\d{1,2})(?P<sep>[/.-])(?P<number>\d{1,2})(?P=sep)(?P<year>(?:20)?\d\d)")
ISO = shape(r"(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)")
MONTH_YEAR = shape(
    rf"(?:(?:the )?end of |mid-|mid |early |late )?{MONTH}[ ,-]{{1,2}}(?P<year>20\d\d|['’]?\d\d)"
)
MONTH_ALONE = shape(rf"(?:(?:the )?end of |mid-|mid |early |late )?{MONTH}")
QUARTER = shape(
    rf"(?:(?:the )?end of )?(?:Q(?P<quarter>[1-4])|[Qq]uarter (?P<named>[1-4]|one|two|three|four)"
    rf"|(?:the )?(?P<ordinal>first|second|third|fourth|last|final) quarter)(?:,? (?:of )?(?:{YEAR_PAIR}"
    rf"|(?P<plain>20\d\d)))?"
)
SEASON = shape(r"(?:(?:the )?end of |early |late )?(?:the )?(?P<season>spring|summer|autumn|winter)"
               r"(?:,? (?:of )?(?P<year>20\d\d)(?:/\d\d)?)?", re.IGNORECASE)  # fmt: skip
YEAR_END = shape(
    rf"(?:the )?(?:financial |reporting )?year[- ]?end(?: (?:of )?{YEAR_PAIR})?"
    rf"|(?:the )?end(?: of)? (?:the |this |the current |this current )?(?:financial |reporting |fiscal )?"
    rf"(?:year(?: {YEAR_PAIR.replace('year>', 'year2>').replace('next>', 'next2>')})?"
    rf"|{YEAR_PAIR.replace('year>', 'year3>').replace('next>', 'next3>')}|(?P<plain>20\d\d))",
    re.IGNORECASE,
)
CONTINUING = shape(
    r"(?:on[- ]?going(?= basis| *[.,;)\]]| *$)|(?:on an )on[- ]?going basis"
    r"|continuous(?:ly)?(?= *[.,;)\]]| *$)"
    r"|(?:bi-?|half[- ]|six[- ]|three[- ]|two[- ])?(?:monthly|weekly|yearly|quarterly|annually)|bi-?annually"
    r"|every (?:(?:two|three|four|six|twelve|\d{1,2}) )?(?:weeks?|months?|quarters?|years?)"
    r"|each (?:month|quarter|year)|(?:twice|once|three times) (?:a|each|per|every) year)",
    re.IGNORECASE,
)
# "within six months of publication": counted from a day that the words do not give.
COUNTED = shape(
    r"within (?:the next )?(?:\d{1,2}|one|two|three|four|six|nine|twelve|eighteen) (?:weeks?|months?"
    r"|years?|working days|days)"
    r"(?: of (?:the )?(?:publication|date)(?: of (?:this|the) (?:report|review))?| of this (?:report"
    r"|review))?",
    re.IGNORECASE,
)
QUARTERS = {"1": 1, "one": 1, "first": 1, "2": 2, "two": 2, "second": 2, "3": 3, "three": 3, "third": 3,
            "4": 4, "four": 4, "fourth": 4, "last": 4, "final": 4}  # fmt: skip


@dataclass(frozen=True)
class DuePrinted:
    """precision: day, month, quarter (also season, year end), continuing or ""; `on` is its last day."""

    words: str
    on: date | None
    precision: str
    problem: str = ""
    start: int = 0


@dataclass(frozen=True)
class Year:
    """A financial year, April to March, by the calendar year in which it begins; or a calendar year."""

    begins: int
    first_month: int = 4

    @property
    def last_day(self) -> date:
        return month_end(self.of_month(self.last_month), self.last_month)

    @property
    def last_month(self) -> int:
        return (self.first_month + 10) % 12 + 1

    def of_month(self, month: int) -> int:
        return self.begins if month >= self.first_month else self.begins + 1


PAIR = re.compile(YEAR_PAIR)
ALONE = re.compile(r"(?<![\w/–-])20\d\d(?![\w/–-])")
# Without one of these there is no date to look for.
MAY_BE_DATE = re.compile(
    r"\d|year|month|week|quarter|annual|going|continuous|within|spring|summer|autumn|winter"
    r"|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Q[1-4]",
    re.IGNORECASE,
)


def year_pair(words: str) -> re.Match[str] | None:
    """The first financial year printed, such as "2022 to 2023"; "2019 to 2021" is none."""
    for found in PAIR.finditer(words):
        if (int(found["year"]) + 1) % 100 == int(found["next"]):
            return found
    return None


def year_named(words: str) -> Year | None:
    """The one year that a heading names, financial or calendar."""
    pair = year_pair(words)
    if pair:
        return Year(int(pair["year"]))
    alone = set(ALONE.findall(words))
    return Year(int(alone.pop()), first_month=1) if len(alone) == 1 else None


def printed(words: str, year: Year | None = None) -> Iterator[DuePrinted]:
    """Every date in the words, in order; each place is read once, by the fullest form that fits."""
    if not MAY_BE_DATE.search(words):
        return iter(())
    taken: list[tuple[int, int]] = []
    found: list[DuePrinted] = []
    for form, read in FORMS:
        for match in form.finditer(words):
            if any(start < match.end() and match.start() < end for start, end in taken[-200:]):
                continue
            taken.append(match.span())
            due = read(match, year)
            if due:
                found.append(replace(due, words=match.group(), start=match.start()))
    return iter(sorted(found, key=lambda due: due.start))


def whole_year(words: str) -> int:
    figures = words.lstrip("'’")
    return int(figures) if len(figures) == 4 else 2000 + int(figures)


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def on_day(match: re.Match[str], year: Year | None) -> DuePrinted:
    groups = match.groupdict()
    month = int(groups["number"]) if groups.get("number") else MONTHS[groups["month"].lower()]
    if groups["year"]:
        in_year = whole_year(groups["year"])
    elif year and 1 <= month <= 12:
        in_year = year.of_month(month)
    else:
        return DuePrinted("", None, "", f"“{match.group()}” has no year")
    try:
        return DuePrinted("", date(in_year, month, int(groups["day"])), "day")
    except ValueError:
        return DuePrinted("", None, "", f"“{match.group()}” is not a date that exists")


def on_month(match: re.Match[str], year: Year | None) -> DuePrinted:
    month = MONTHS[match["month"].lower()]
    return DuePrinted("", month_end(whole_year(match["year"]), month), "month")


def on_month_alone(match: re.Match[str], year: Year | None) -> DuePrinted:
    month = MONTHS[match["month"].lower()]
    if not year:
        return DuePrinted("", None, "", f"“{match.group()}” has no year")
    return DuePrinted("", month_end(year.of_month(month), month), "month")


def on_quarter(match: re.Match[str], year: Year | None) -> DuePrinted:
    """A quarter of the financial year, whatever year is printed: Q1 2024 is April to June 2024."""
    quarter = QUARTERS[(match["quarter"] or match["named"] or match["ordinal"]).lower()]
    printed_year = match["year"] or match["plain"]
    begins = int(printed_year) if printed_year else year.begins if year else 0
    if not begins:
        return DuePrinted("", None, "", f"“{match.group()}” has no year")
    month = (6, 9, 12, 3)[quarter - 1]
    return DuePrinted("", month_end(Year(begins).of_month(month), month), "quarter")


def on_season(match: re.Match[str], year: Year | None) -> DuePrinted:
    """The last day of a season's last month; as rough as a quarter."""
    season = match["season"].lower()
    month = SEASONS[season]
    if match["year"]:
        in_year = int(match["year"]) + (1 if season == "winter" else 0)
    elif year:
        in_year = year.of_month(month)
    else:
        return DuePrinted("", None, "", f"“{match.group()}” has no year")
    return DuePrinted("", month_end(in_year, month), "quarter")


def on_year_end(match: re.Match[str], year: Year | None) -> DuePrinted:
    if match["plain"]:
        return DuePrinted("", date(int(match["plain"]), 12, 31), "quarter")
    begins = match["year"] or match["year2"] or match["year3"]
    if begins:
        return DuePrinted("", Year(int(begins)).last_day, "quarter")
    if year:
        return DuePrinted("", year.last_day, "quarter")
    return DuePrinted("", None, "", f"“{match.group()}”: the document does not say which year")


def on_counted(match: re.Match[str], year: Year | None) -> DuePrinted:
    return DuePrinted("", None, "", f"“{match.group()}” is counted from a day that is not printed here")


def continuing(match: re.Match[str], year: Year | None) -> DuePrinted:
    return DuePrinted("", None, "continuing")


FORMS = (
    (ISO, on_day), (FIGURES, on_day), (MONTH_DAY, on_day), (DAY_MONTH, on_day), (MONTH_YEAR, on_month),
    (QUARTER, on_quarter), (YEAR_END, on_year_end), (SEASON, on_season), (MONTH_ALONE, on_month_alone),
    (COUNTED, on_counted), (CONTINUING, continuing),
)  # fmt: skip
