"""Years in words, in bands, from days, and what a spreadsheet has made of them."""

from __future__ import annotations

import datetime as dt
import math
import re
from typing import TYPE_CHECKING, Any

import pytest

import rmatch
from rmatch.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rmatch.people import People

ON = {"dates": {"on": dt.date(2026, 3, 1)}}


def people_of(cells: Sequence[object], mapping: Mapping[str, Any] | None = None) -> People:
    """Return people whose years are some cells; the first is a mentor."""
    rows = [
        {"id": f"p{number}", "role": "mentee" if number else "mentor", "years": cell}
        for number, cell in enumerate(cells)
    ]
    if len(rows) == 1:
        rows.append({"id": "other", "role": "mentee"})
    return rmatch.read_people(rows, mapping=mapping)


def years_of(cell: object, mapping: Mapping[str, Any] | None = None) -> float:
    """Return what one cell is read as."""
    return float(people_of([cell], mapping).years[0])


def faults_of(cells: Sequence[object], mapping: Mapping[str, Any] | None = None) -> list[str]:
    """Return what is wrong with some cells, as sentences."""
    with pytest.raises(InvalidInputError) as caught:
        people_of(cells, mapping)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("2 years 6 months", 2.5),
        ("3 year(s), 6 month(s), 0 day(s)", 3.5),
        ("2 Jahr(e) 6 Monat(e)", 2.5),
        ("seit 3 Jahren", 3),
        ("3 lata", 3),
        ("1 rok 6 miesięcy", 1.5),
        ("ponad 10 lat", 10),
        ("mniej niż rok", 1),
        ("od 5 do 10 lat", 7.5),
        ("1 jaar en 6 maanden", 1.5),
        ("anderhalf jaar", 1.5),
        ("een half jaar", 0.5),
        ("pół roku", 0.5),
        ("minder dan 1 jaar", 1),
        ("5 tot 10 jaar", 7.5),
        ("meno di un anno", 1),
        ("più di 10 anni", 10),
        ("da 5 a 10 anni", 7.5),
        ("mais de 10 anos", 10),
        ("2 anos e meio", 2.5),
        ("mer än 10 år", 10),
        ("mindre end 1 år", 1),
        ("2 år och 6 månader", 2.5),
        ("5 til 10 år", 7.5),
        ("0 years 11 months", 0.92),
        ("12 years, 1 month", 12.08),
        ("21 years and 0 months", 21),
        ("18 months", 1.5),
        ("2y 6m", 2.5),
        ("2y6m", 2.5),
        ("3 yrs", 3),
        ("7 years of experience", 7),
        ("two years", 2),
        ("a year", 1),
        ("half a year", 0.5),
        ("2½ years", 2.5),
        ("2 1/2 years", 2.5),
        ("26 weeks", 0.5),
        ("2 Jahre 6 Monate", 2.5),
        ("2 Jahre und 6 Monate", 2.5),
        ("1 Jahr", 1),
        ("ein halbes Jahr", 0.5),
        ("zwölf Jahre", 12),
        ("3,5 Jahre Berufserfahrung", 3.5),
        ("2 ans et 6 mois", 2.5),
        ("1 an", 1),
        ("dix ans", 10),
        ("8 années", 8),
        ("2 años", 2),
        ("2 ans et demi", 2.5),
        ("dos años y medio", 2.5),
        ("zweieinhalb Jahre", 2.5),
        ("two and a half years", 2.5),
        ("1 Jahr 6 Mon.", 1.5),
        ("2 años y 6 meses", 2.5),
        ("Un año", 1),
        ("6 meses", 0.5),
        (2.5, 2.5),
        ("7,5", 7.5),
    ],
)
def test_words_in_the_languages_of_forms(cell: object, years: float) -> None:
    assert years_of(cell) == pytest.approx(years)


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("5-10", 7.5),
        ("5 – 10 years", 7.5),
        ("5 to 10", 7.5),
        ("between 5 and 10 years", 7.5),
        ("5 bis 10 Jahre", 7.5),
        ("zwischen 5 und 10 Jahren", 7.5),
        ("5 à 10 ans", 7.5),
        ("de 5 a 10 años", 7.5),
        ("entre 5 y 10 años", 7.5),
        ("6-12 months", 0.75),
        ("6 months - 2 years", 1.25),
        ("0-1 (new here)", 0.5),
        ("5 bis unter 10 Jahre", 7.5),
        ("1 - <3", 2),
        ("5~10", 7.5),
        ("10+", 10),
        ("15+ yrs", 15),
        ("20 or more", 20),
        ("more than 15 years", 15),
        ("> 15", 15),
        ("≥15", 15),
        ("< 1", 1),
        ("less than 1 year", 1),
        ("up to 2", 2),
        ("über 20 Jahre", 20),
        ("mehr als 15", 15),
        ("20 Jahre und mehr", 20),
        ("weniger als 1 Jahr", 1),
        ("plus de 15 ans", 15),
        ("15 ans et plus", 15),
        ("moins d'un an", 1),
        ("más de 15 años", 15),
        ("15 o más", 15),
        ("menos de 1 año", 1),
        ("ca. 5", 5),
        ("about 5 years", 5),
    ],
)
def test_bands_are_their_middle_and_open_bands_their_bound_and_both_are_told(
    cell: object, years: float
) -> None:
    people = people_of([cell])
    assert people.years[0] == pytest.approx(years)
    [note] = people.notes
    assert note.startswith("the list, years: 1 ")
    assert repr(cell) in note


def test_readings_by_choice_are_counted() -> None:
    people = people_of(["5-10", "2-4", "10+", "3"])
    assert people.notes == (
        "the list, years: 2 bands read by their middle ('5-10' as 7.5)",
        "the list, years: 1 open band read by its bound ('10+' as 10)",
    )


def test_a_mapping_says_otherwise() -> None:
    mapping = {"values": {"years": {"10+": 15, "5-10": "6", "10-May": "5-10"}}}
    people = people_of(["10+", "5-10", "10-May"], mapping)
    assert people.years.tolist() == [15, 6, 7.5]


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("10-May", "5-10"),
        ("5-Mar", "3-5"),
        ("2-Jan", "1-2"),
        ("10. Mai", "5-10"),
        ("Mai 10", "5-10"),
        ("05. Mrz", "3-5"),
        ("15-Oct", "10-15"),
        ("Okt 15", "10-15"),
        ("10-mai", "5-10"),
        ("10-févr", "2-10"),
        ("10-dic", "10-12"),
        ("May 5", "5-5"),
    ],
)
@pytest.mark.parametrize("mapping", [None, ON])
def test_a_band_that_a_spreadsheet_made_a_day_is_named_as_such_and_the_cure_works(
    cell: object, band: str, mapping: Mapping[str, Any] | None
) -> None:
    [fault] = faults_of([cell], mapping)
    meant = "5" if band == "5-5" else band
    cure = f'[values.years] "{cell}" = "{meant}"'
    assert f"{cell!r} is damaged by a spreadsheet: {band}?; say it in a mapping: {cure}" in fault
    least, most = map(float, band.split("-"))
    values = {"values": {"years": {cell: meant}}}
    assert years_of(cell, {**(mapping or {}), **values}) == (least + most) / 2


def test_days_among_bands_were_made_by_a_spreadsheet() -> None:
    day = dt.datetime(2026, 5, 10)  # noqa: DTZ001 - cells have no zone
    for mapping in (None, ON):
        [fault] = faults_of(["< 1", "10+", "20 or more", day], mapping)
        assert (
            "'2026-05-10' is a date among numbers of years: damaged by a spreadsheet: 5-10?"
            in fault
        )
    people = people_of(["< 1", "10+", day], {"values": {"years": {"2026-05-10": "5-10"}}})
    assert people.years.tolist() == [1, 10, 7.5]
    [fault] = faults_of(["1-2 years", "15-20", dt.date(2015, 10, 1)], ON)
    assert "10-15?" in fault


@pytest.mark.parametrize(
    "cell",
    [
        "2015-01-29",
        "2015-01-29T00:00:00",
        "2015/01/29",
        "29.01.2015",
        "29.1.2015",
        "29/01/2015",
        "01/29/2015",
        "29-01-2015 08:30",
        "29 January 2015",
        "29-Jan-2015",
        "Jan 29, 2015",
        "29. Januar 2015",
        "29 janvier 2015",
        "29 de enero de 2015",
        dt.date(2015, 1, 29),
        dt.datetime(2015, 1, 29, 8, 30),  # noqa: DTZ001 - cells have no zone
        42033,
        "42033.5",
        42033.0,
        "29.01.15",
        "20150129",
        "1/29/2015 12:00:00 AM",
        "2015-01-29T00:00:00.000Z",
    ],
)
def test_years_since_a_day_are_kept_to_a_tenth(cell: object) -> None:
    assert years_of(cell, ON) == 11.1


def test_days_need_a_day_to_count_to() -> None:
    [fault] = faults_of(["2015-01-29"])
    assert fault == (
        "person 1 (id 'p0'), years: '2015-01-29' is a date; "
        "name the day to which years are counted in a mapping: [dates] on = 2026-03-01"
    )
    [fault] = faults_of(["42033"])
    assert "[dates] on = 2026-03-01" in fault
    [fault] = faults_of(["2026-04-01"], ON)
    assert "is after the reference day 2026-03-01" in fault
    assert years_of("2026-04-01", {**ON, "values": {"years": {"2026-04-01": 0}}}) == 0
    [fault] = faults_of([20150129.0])
    assert "is a date" in fault


@pytest.mark.parametrize(
    "cell", ["01.2015", "1/2015", "2015-01", "January 2015", "seit Januar 2015"]
)
def test_a_month_is_its_middle_and_told(cell: object) -> None:
    people = people_of([cell], ON)
    assert people.years[0] == 11.1
    assert people.notes == (f"the list, years: 1 month read as its middle ({cell!r} as 11.1)",)
    [fault] = faults_of([cell])
    assert "is a date; name the day" in fault


def test_a_decimal_that_may_be_a_month_is_a_fault_where_days_are_expected() -> None:
    assert years_of("10.2015") == 10.2
    [fault] = faults_of(["10.2015"], ON)
    assert "'10.2015' is 10.2 years, or a month and a year" in fault


@pytest.mark.parametrize(
    "header", ["Months of service", "Tenure (months)", "Zugehörigkeit in Monaten"]
)
def test_numbers_under_a_header_of_months_are_months(header: str) -> None:
    rows = [
        {"id": "1", "role": "mentor", header: 30},
        {"id": "2", "role": "mentee", header: "264"},
        {"id": "3", "role": "mentee", header: "12 years"},
        {"id": "4", "role": "mentee", header: "long"},
    ]
    mapping = {"columns": {"years": header}, "values": {"years": {"long": 20}}}
    people = rmatch.read_people(rows, mapping=mapping)
    assert people.years.tolist() == [2.5, 22, 12, 20]
    assert (
        f"the list, {header}: 2 numbers read as months, as the header says ('30' as 2.5)"
        in people.notes
    )
    assert people.understood is not None
    [column] = [one for one in people.understood.columns if one.column == header]
    assert column.repaired == 2


def test_serial_numbers_are_told() -> None:
    people = people_of([42033, 41294], ON)
    assert people.notes == (
        "the list, years: 2 numbers read as a spreadsheet's count of days ('42033' as 11.1)",
    )


def test_two_readings_of_a_day_are_a_fault_unless_the_column_or_the_mapping_decides() -> None:
    on = {"dates": {"on": "2026-06-30"}}
    [fault] = faults_of(["03/04/2026"], on)
    assert "'03/04/2026' is 3 April 2026 or 4 March 2026" in fault
    for order, days in (("day first", 88), ("month first", 118)):
        mapping = {"dates": {**on["dates"], "order": order}}
        assert order in fault
        assert years_of("03/04/2026", mapping) == round(days / 365.25, 1)
    assert people_of(["03/04/2025", "29/01/2015"], on).years.tolist() == [1.2, 11.4]
    assert people_of(["03/04/2025", "01/29/2015"], on).years.tolist() == [1.3, 11.4]
    assert years_of("05/05/2025", on) == 1.2
    assert "3 April" in faults_of(["03/04/2026", "29/01/2015", "01/29/2015"], on)[0]


def test_a_day_that_the_stated_order_makes_impossible_is_a_fault() -> None:
    mapping = {"dates": {"on": "2026-03-01", "order": "month first"}}
    [fault] = faults_of(["29/01/2015"], mapping)
    assert "'29/01/2015' is no day of the calendar" in fault


@pytest.mark.parametrize(
    "cell", ["0/4/2026", "31/02/2015", "2015-13-01", "31 February 2015", "00.00.0000"]
)
def test_what_no_calendar_has_is_a_fault(cell: object) -> None:
    [fault] = faults_of([cell], ON)
    assert f"{cell!r} is no day of the calendar" in fault


def test_a_year_of_two_digits_has_three_readings() -> None:
    [fault] = faults_of(["05/06/15"], ON)
    assert "is 5 June 2015 or 6 May 2015 or 15 June 2005" in fault
    assert '"day first" or "month first" or "year first"' in fault
    assert years_of("05/06/15", {"dates": {**ON["dates"], "order": "year first"}}) == 20.7
    assert years_of("29/01/15", ON) == years_of("1/29/15", ON) == 11.1


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        ({"on": "soon"}, "mapping, dates.on: 'soon' is not a day; write on = 2026-03-01"),
        ({"order": "dmy"}, "mapping, dates.order: 'dmy' is not an order of days; write"),
        ({"until": "2026-03-01"}, "mapping, dates.until: is not known; known are 'on', 'order'"),
        ("2026-03-01", "mapping, dates: is not a table; write [dates] and on = 2026-03-01"),
    ],
)
def test_wrong_keys(dates: object, message: str) -> None:
    [fault] = faults_of(["3"], {"dates": dates})
    assert fault.startswith(message)


@pytest.mark.parametrize(
    "cell", ["soon", "10-5", "2 years 3 years", "5-10-15", "many years", "3 apples"]
)
def test_what_says_no_years_is_a_fault(cell: object) -> None:
    [fault] = faults_of([cell])
    assert repr(cell) in fault


def test_roles_go_by_years_as_they_were_read() -> None:
    rows = [
        {"No": 1, "Tenure": "2 years 6 months"},
        {"No": 2, "Tenure": "20 or more"},
        {"No": 3, "Tenure": "prefer not to say"},
        {"No": 4, "Tenure": "5-10"},
        {"No": 5, "Tenure": "29.01.2001"},
    ]
    mapping = {
        "columns": {"id": "No", "years": "Tenure"},
        "roles": {
            "mentor": [{"Tenure": {"at_most": 7.5}}],
            "mentee": [{"Tenure": {"at_least": 7.5}}],
        },
        **ON,
    }
    with pytest.raises(InvalidInputError, match="damaged by a spreadsheet"):
        rmatch.read_people(rows, mapping=mapping)
    people = rmatch.read_people(rows[:-1], mapping=mapping)
    assert [person.role for person in people] == ["mentor", "mentee", "none", "both"]


def test_unknown_stays_unknown() -> None:
    assert math.isnan(years_of("n/a"))
    assert math.isnan(years_of(""))


def test_a_named_month_with_a_year_of_two_digits_is_a_day() -> None:
    people = people_of(
        ["29-Jan-15", "2-Mar-98", "01 Mai 26", "1-MAR-24"], {"dates": {"on": "2026-05-01"}}
    )
    assert people.years.tolist() == [11.3, 28.2, 0.0, 2.2]
    (fault,) = faults_of(["29-Jan-15"])
    assert "is a date; name the day to which years are counted" in fault


@pytest.mark.parametrize("cell", ["05-Jun", "6. Mai", dt.date(2026, 6, 5), "2026-06-05"])
def test_a_day_among_the_bands_of_a_grade_is_told_with_a_cure_that_works(cell: object) -> None:
    rows = [
        {"id": "1", "role": "mentor", "level": "3-4"},
        {"id": "2", "role": "mentee", "level": cell},
    ]
    (note,) = rmatch.read_people(rows).notes
    assert note.startswith(
        "WARNING: the list, level: 1 text beside bands may be damaged by a spreadsheet: "
    )
    cure = note.partition("in a mapping: ")[2]
    key, value = re.fullmatch(r'\[values\.level\] "(.*)" = "5-6"', cure)[1], "5-6"  # type: ignore[index]
    people = rmatch.read_people(rows, mapping={"values": {"level": {key: value}}})
    assert (people.person(1).level, people.notes) == ("5-6", ())


def test_a_damaged_band_of_age_is_told_and_never_shown() -> None:
    rows = [
        {"id": "1", "role": "mentor", "dimension:age": "10-19", "consent:age": "match"},
        {"id": "2", "role": "mentee", "dimension:age": "1-Sep", "consent:age": "match"},
        {"id": "3", "role": "mentee", "dimension:age": "2-Sep", "consent:age": ""},
    ]
    warning = next(note for note in rmatch.read_people(rows).notes if "WARNING" in note)
    assert "dimension:age: 1 text beside bands may be damaged by a spreadsheet;" in warning
    assert "Sep" not in warning


def test_days_without_bands_and_bands_without_days_are_what_they_are() -> None:
    for texts in (("05-Jun", "Sales"), ("3-4", "5-6"), ("May", "3-4")):
        rows = [{"id": str(i), "role": "both", "level": text} for i, text in enumerate(texts)]
        assert rmatch.read_people(rows).notes == ()
