"""What ``rmatch init`` guesses: how a foreign table is read, and a programme for its people."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from pathlib import Path
from statistics import fmean, quantiles
from typing import TYPE_CHECKING, Any

from rmatch.errors import InvalidInputError
from rmatch.io.cells import UNKNOWN, Habits, number_of, text_of
from rmatch.io.columns import SEPARATOR, column_of
from rmatch.io.faults import Malformed
from rmatch.io.items import split
from rmatch.io.parsers import read_cells
from rmatch.io.read import read_table
from rmatch.people import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rmatch.io.table import Table

SYNONYMS = {
    "id": "id, employee id, employee number, employee no, employee nr, emp id, emp no, staff id, staff number, staff no, person "
    "id, personnel number, personnel no, worker id, user id, user name, payroll number, participant id, response id, "
    "respondent id, number, no, nr",
    "name": "name, full name, employee name, display name, name formatted, preferred name, first name, given name, forename, "
    "name given name, last name, surname, family name, name family name",
    "email": "email, e mail, mail, email address, e mail address, work email, emails primary eq true value",
    "role": "role, programme role, program role, mentoring role, participation, participant type, takes part as, mentor or mentee",
    "years": "years, years of experience, years experience, experience, experience years, work experience, work exp, exp, "
    "years code pro, years pro, length of service, years of service, tenure",
    "level": "level, grade, job level, job grade, band, pay band, career level, management level, salary grade, seniority, rank",
    "manager_id": "manager id, line manager id, manager number, manager employee id, manager employee number, manager value, "
    "supervisor id, boss id, mgr id, manager, line manager, supervisor, reports to, boss, mgr",
    "department": "department, dept, division, business unit, directorate, org unit, unit, function, team",
    "site": "site, location, work location, office, office location, workplace, city, region, country",
    "hours": "hours, availability, available hours, available times, working hours",
    "time_zone": "time zone, timezone, tz",
    "languages": "languages, language, spoken languages, languages spoken",
    "meeting_modes": "meeting modes, meeting mode, meeting preference, meeting format, how to meet",
    "offers": "offers, skills, skill, can teach, teaches, expertise, knowledge, competencies, strengths, have worked with",
    "wants": "wants, want to learn, wants to learn, want to work with, learning goals, learning interests, development needs, "
    "goals, interests, interested in",
    "lived_topics": "lived topics, lived experience, lived experiences",
    "mentor_capacity": "mentor capacity, max mentees, number of mentees",
    "mentee_capacity": "mentee capacity, max mentors, number of mentors",
    "dimension:": "age, age band, age group, age range, generation, gender, gender identity, sex, ethnicity, ethnic group, ethnic "
    "background, race, disability, disability status, education, education level, ed level, highest qualification, sexual "
    "orientation, orientation, religion, religion or belief, faith, nationality, veteran status, caring responsibilities, "
    "social background, socio economic background, neurodiversity",
}
"""How other systems call rmatch's fields, the surest name first."""

ENDINGS = {"have worked with": "offers", "want to work with": "wants", "to learn": "wants", "can teach": "offers", "skills": "offers"}
MARKERS = {"-", "--", "–", "?", "n.a.", "#n/a", "null", "nan", "nil", "tbd", "not known", "not stated", "not disclosed",
           "not specified", "no answer", "prefer not to answer", "rather not say", "declined to answer"}  # fmt: skip
GRADES = (
    "trainee intern apprentice graduate student", "assistant junior associate entry", "analyst professional officer specialist "
    "consultant intermediate mid", "senior", "lead principal expert", "manager supervisor", "head", "director", "vp vice",
    "executive partner president chief ceo cfo cto coo board owner",
)  # fmt: skip
"""Words in the names of grades, the most junior first."""
MOST_LEVELS = 25
"""More different grades than this are job titles."""
GIVEN = ("first name", "given name", "forename", "name given name")
FAMILY = ("last name", "surname", "family name", "name family name")



SEPARATORS = (SEPARATOR, "|", "\n", ",", " / ")
TOPICAL = ("offers", "wants")
HEAD = """\
# {what}
# Guessed from the columns and cells of {name}: check every line.
# A line that starts with # and no blank is a suggestion: take the # away to use it.
"""


@dataclass(frozen=True, slots=True)
class Draft:
    """Two files to start from.

    Attributes
    ----------
    mapping, programme : str
        The texts of a mapping and of a programme in TOML, with comments on what was guessed and what is to be filled in.
    """

    mapping: str
    programme: str


def draft(source: str | Path) -> Draft:
    """Guess from a table's columns and cells how it is read, and what its people can be matched by.

    Parameters
    ----------
    source : str or Path
        A file that :func:`rmatch.read_people` reads: ``.csv``, ``.xlsx`` or ``.json``.

    Returns
    -------
    Draft
        What to write. Consent is never guessed, and no answer to a demographic question is in it.

    Raises
    ------
    InvalidInputError
        If the file is no table.
    """
    table = read_table(source)
    if table.faults:
        raise InvalidInputError(table.faults)
    guess, name = _Guess(table), _quoted(Path(source).name)
    mapping = HEAD.format(what="How rmatch reads a table of people.", name=name)
    programme = HEAD.format(what="What a good pair is, and which pairs are allowed.", name=name)
    return Draft(_text(mapping, _mapping(guess)), _text(programme, _programme(guess)))


@dataclass(frozen=True, eq=False)
class _Guess:
    """What the columns of a table seem to be."""

    table: Table

    @cached_property
    def texts(self) -> dict[str, list[str]]:
        return {header: [_plain(cell) for cell in cells] for header, cells in self.table.columns.items()}

    @cached_property
    def markers(self) -> list[str]:
        """The markers for "unknown" that rmatch does not know by itself."""
        return sorted({text.casefold() for texts in self.texts.values() for text in texts} & MARKERS)

    @cached_property
    def candidates(self) -> dict[str, list[str]]:
        """The headers that sound like each field, the surest first."""
        found: dict[str, list[tuple[int, str]]] = {}
        for header in self.table.columns:
            if (meaning := _meaning(header)) is not None:
                found.setdefault(meaning[0], []).append((meaning[1], header))
        return {name: [header for _, header in sorted(ranked, key=lambda each: each[0])] for name, ranked in found.items()}

    @cached_property
    def columns(self) -> dict[str, list[str]]:
        """The headers that each field is read from."""
        picked: dict[str, list[str]] = {}
        for name in sorted(self.candidates, key=lambda name: name != "id"):
            headers = self._picked(name, self.candidates[name], picked)
            picked |= {name: headers} if headers else {}
        return {name: picked[name] for name in self.candidates if name in picked}

    @cached_property
    def left(self) -> list[str]:
        """The headers that are not read."""
        used = {header for headers in self.columns.values() for header in headers}
        return [header for header in self.table.columns if header not in used]

    @cached_property
    def numbered(self) -> bool:
        """Whether topics may carry numbers."""
        items = [item for name in TOPICAL for header in self.columns.get(name, ()) for item in self._items(name, header)]
        return all(":" not in item or re.fullmatch(r".+:\s*\d+", item) for item in items)

    @cached_property
    def top_level(self) -> int:
        """The highest level of a topic, at least 5."""
        cells = [cell for header in self.columns.get("offers", ()) for cell in self.table.columns[header]]
        offers = read_cells(cells, "levels", self.habits("offers", self.columns.get("offers", ())))[0]
        return max([5, *(level or 0 for topics in offers if topics for level in topics.values())])

    @cached_property
    def strangers(self) -> int:
        """How many people have a manager who is nobody in the table."""
        ids = set(self.known("id"))
        return sum(manager not in ids for manager in self.known("manager_id"))

    def known(self, name: str) -> list[str]:
        """Return the known texts of a field."""
        return [text for header in self.columns.get(name, ()) for text in self.texts[header] if self._is_known(text)]

    def years(self) -> dict[str, str]:
        """Return the years that are written in words, and the number in them."""
        odd = [text for text in dict.fromkeys(self.known("years")) if _number(text) is None]
        return {text: _number_in(text) for text in odd}

    def roles(self) -> dict[str, str]:
        """Return the cells of the role column that are no role of rmatch, and what they seem to mean."""
        cells = dict.fromkeys(self.texts[self.columns["role"][0]]) if "role" in self.columns else {}
        return {text: _role_of(text) for text in cells if text.casefold() not in ROLES}

    def grades(self) -> tuple[list[str], str]:
        """Return the grades from the most junior to the most senior, and how they were put into order; "" if not."""
        labels = list(dict.fromkeys(self.known("level")))
        means = self._mean_years()
        for key, how in ((_digits, "by their numbers"), (_grade, "by the words in their names"), (means.get, "by the mean years of those who have them")):
            places = {label: key(label) for label in labels}
            if all(place is not None for place in places.values()) and len(set(places.values())) == len(labels):
                return _upwards(sorted(labels, key=lambda label: places[label] or 0), means), how  # noqa: B023 - used at once
        return labels, ""

    def separator(self, name: str, headers: Sequence[str]) -> str:
        """Return what stands between the items in the cells of a list."""
        cells = [text for header in headers for text in self.texts[header]]
        return max(SEPARATORS, key=lambda separator: sum(separator in text for text in cells)) if _many(name) else SEPARATOR

    def habits(self, name: str, headers: Sequence[str], *, numbered: bool = True) -> Habits:
        """Return how the cells of a field are written."""
        return Habits(self.separator(name, headers), UNKNOWN | set(self.markers), levels=numbered)

    def _picked(self, name: str, headers: list[str], picked: dict[str, list[str]]) -> list[str]:
        if name == "role":
            return [header for header in headers if any(_role_of(text) in {"mentor", "mentee"} for text in self.texts[header])][:1]
        if name in headers:
            return [name]
        if name == "id":
            return [header for header in headers if all(self.texts[header]) and len(set(self.texts[header])) == len(self.table)][:1]
        if name == "manager_id":
            ids = {text for header in picked.get("id", ()) for text in self.texts[header]}
            return [header for header in headers if ids.intersection(self.texts[header])][:1]
        if name == "name":
            return self._name(headers)
        readable = [header for header in headers if self._is_readable(name, header)]
        return readable if name in {*TOPICAL, "languages", "lived_topics"} else readable[:1]

    def _name(self, headers: list[str]) -> list[str]:
        parts = [[header for header in headers if _words(header) in part][:1] for part in (GIVEN, FAMILY)]
        whole = [header for header in headers if [header] not in parts]
        return whole[:1] or [header for part in parts for header in part]

    def _is_readable(self, name: str, header: str) -> bool:
        column = column_of(name)
        known = [text for text in self.texts[header] if self._is_known(text)]
        if column is None or not known or (name == "level" and len(set(known)) > MOST_LEVELS):
            return False
        if name == "years":
            return sum(bool(_number_in(text)) for text in known) * 2 >= len(known)
        habits = self.habits(name, [header], numbered=False)
        return len(read_cells(self.table.columns[header], column.kind, habits)[1]) * 2 < len(known)

    def _items(self, name: str, header: str) -> Iterator[str]:
        separator = self.separator(name, self.columns[name])
        return (item for text in self.texts[header] for item in split(text, separator))

    def _is_known(self, text: str) -> bool:
        return text.casefold() not in UNKNOWN | MARKERS

    def _mean_years(self) -> dict[str, float]:
        if not {"years", "level"} <= self.columns.keys():
            return {}
        years = [_number(text) for text in self.texts[self.columns["years"][0]]]
        by_level: dict[str, list[float]] = {}
        for label, number in zip(self.texts[self.columns["level"][0]], years, strict=True):
            if number is not None:
                by_level.setdefault(label, []).append(number)
        return {label: fmean(numbers) for label, numbers in by_level.items()}


def _mapping(guess: _Guess) -> Iterator[str]:
    yield from _settings(guess)
    yield from _left_out(guess)
    yield "[columns] # rmatch's field = your column; columns that bear rmatch's own names need no line"
    for name, headers in guess.columns.items():
        if headers != [name]:
            yield f"{_key(name)} = {_quoted(headers[0]) if len(headers) == 1 else _list(headers)}"
    if "id" not in guess.columns:
        yield '#id = "…" # FILL IN the column that identifies a person: no two cells may be alike'
    yield from _separators(guess)
    yield from _values("years", guess.years(), "# in numbers: check. An empty text means unknown.")
    yield from _values("role", guess.roles(), "# Whoever teaches, the junior, is the mentor; whoever learns, the leader, is the mentee.")
    yield from _conditions(guess)
    yield from _consent(guess)


def _settings(guess: _Guess) -> Iterator[str]:
    if guess.markers:
        yield f"unknown = {_list(sorted(UNKNOWN | set(guess.markers)))} # what means \"not known\", in any cell"
    if guess.strangers:
        yield f'unknown_managers = "outside" # {guess.strangers} people have a manager who has no row here'
    if not guess.numbered:
        yield "levels = false # a number after a topic's colon is part of the topic's name"


def _left_out(guess: _Guess) -> Iterator[str]:
    if "role" in guess.left:
        yield 'ignore = ["role"] # its cells say neither mentor nor mentee'
    sounds = {header: name for name, headers in guess.candidates.items() for header in headers}
    for header in guess.left:
        alike = f": sounds like {sounds[header]}, but another column or its cells speak against it" if header in sounds else ""
        yield f"# not read: {_quoted(header)}{alike}"
    if guess.left:
        yield f"#extra = {_list(guess.left)} # to keep them for criteria and rules of your own"
    yield ""


def _separators(guess: _Guess) -> Iterator[str]:
    found = {name: guess.separator(name, headers) for name, headers in guess.columns.items()}
    odd = [f"{_key(name)} = {_quoted(separator)}" for name, separator in found.items() if separator != SEPARATOR]
    yield from ["", "[separators] # what stands between the items of a cell, where it is not ;", *odd] if odd else []


def _values(name: str, meanings: dict[str, str], comment: str) -> Iterator[str]:
    if meanings:
        yield from ("", f"[values.{name}]", comment)
    for text, meaning in meanings.items():
        yield f"{_quoted(text)} = {_quoted(meaning)}" if meaning else f'#{_quoted(text)} = "" # FILL IN what it means'


def _conditions(guess: _Guess) -> Iterator[str]:
    if "role" in guess.columns:
        return
    mentor, mentee = _thresholds(guess)
    yield from ("", "# FILL IN: no column says who is a mentor (the junior, who teaches) and who is a mentee (the leader, who learns).")
    yield "# A person plays a role if all conditions of one of its tables hold: at_least, at_most, equals, not_equals, contains."
    yield from ("#[[roles.mentor]]", f"#{mentor}", "#[[roles.mentee]]", f"#{mentee}")


def _thresholds(guess: _Guess) -> tuple[str, str]:
    grades, ordered = guess.grades()
    years = [number for text in guess.known("years") if (number := _number(text)) is not None]
    if ordered and len(grades) > 1:
        key = _key(guess.columns["level"][0])
        low, high = grades[: len(grades) // 2], grades[-max(len(grades) // 3, 1) :]
        return f"{key} = {{ equals = {_list(low)} }}", f"{key} = {{ equals = {_list(high)} }}"
    if len(years) > 1:
        key, (few, many) = _key(guess.columns["years"][0]), quantiles(years, n=3)
        return f"{key} = {{ at_most = {floor(few)} }}", f"{key} = {{ at_least = {ceil(many)} }}"
    return '"a column" = { equals = "…" }', '"a column" = { equals = "…" }'


def _consent(guess: _Guess) -> Iterator[str]:
    dimensions = [name for name in guess.columns if name.startswith("dimension:")]
    if dimensions and not any(name.startswith("consent:") for name in guess.columns):
        yield from ("", "# DECIDE: answers to demographic questions are not read unless the people agreed to their use, for")
        yield "# matching, for reports or for both. If all of them did, say so here, and say why you know; if each decided for"
        yield f"# themselves, add a column {_quoted(dimensions[0].replace('dimension', 'consent'))} with the cells match, report, match; report or nothing."
        yield from ("#[consent]", '#all = "match; report"', '#reason = "…"')


def _programme(guess: _Guess) -> Iterator[str]:
    yield '#name = "Spring round"'
    yield from _grade_lines(guess)
    if guess.numbered and guess.top_level > 5:
        yield f"topic_levels = {guess.top_level} # the top level of a topic"
    yield from ("", "# Criteria give points; only the proportions of the weights matter. Without any below, the default ones hold.")
    for kind, (weight, comment, needed) in CRITERIA.items():
        if all(any(name.startswith(option) for name in guess.columns for option in options.split()) for options in needed):
            yield from ("", f"[criteria.{kind}] # {comment}", f"weight = {weight}")
            yield from _dimensions(guess) if kind == "diversity" else ()
        else:
            yield from ("", f"# criteria.{kind} ({comment}): no columns for it were found")
    yield from ("", "# Rules forbid pairs.", "", "[rules.no_repeat] # nobody meets a partner of an earlier round again")
    yield from _rules(guess)


CRITERIA = {
    "expertise": (45, "what the leader wants to learn and the junior can teach", ("offers", "wants")),
    "experience_gap": (20, "far enough apart to see different things, near enough to talk", ("level years",)),
    "diversity": (20, "different answers, as far as both released them for matching", ("dimension:",)),
    "reach": (10, "another site, another department, far away in the organisation chart", ("site department manager_id",)),
    "growth": (5, "what the junior wants to learn and the leader can give in return", ("offers", "wants")),
    "logistics": (5, "a shared language, hours in common, a shared way to meet", ("languages hours meeting_modes",)),
}
"""Weight, meaning and needed fields of the criteria."""


def _grade_lines(guess: _Guess) -> Iterator[str]:
    grades, how = guess.grades()
    if how:
        yield f"levels = {_list(grades)} # from the most junior to the most senior, {how}: CHECK the order"
    elif grades:
        yield f"#levels = {_list(grades)} # PUT INTO ORDER, from the most junior to the most senior; without it, years count"


def _dimensions(guess: _Guess) -> Iterator[str]:
    for name in guess.columns:
        if name.startswith("dimension:"):
            yield f"[criteria.diversity.dimensions.{_key(name.removeprefix('dimension:'))}]"
            if name.startswith("dimension:age"):
                yield '#order = ["under 30", "30 to 49", "50 and over"] # your answers in order: the further apart, the more points'


def _rules(guess: _Guess) -> Iterator[str]:
    if "years" in guess.columns or guess.grades()[1]:
        yield from ("", "[rules.junior_mentor] # the mentor must be the junior one")
    else:
        yield from ("", "# rules.junior_mentor: without years, and levels in order, it would allow nobody")
    if "manager_id" in guess.columns:
        yield from ("", "[rules.reporting_chain] # nobody meets their own boss, or their boss's boss", "steps = 2")


def _meaning(header: str) -> tuple[str, int] | None:
    """Return the field that a header sounds like, and how unsure that is."""
    words = _words(header)
    if column_of(header):
        return header, 0
    if words not in KNOWN:
        ending = next((field for ending, field in ENDINGS.items() if words.endswith(ending)), None)
        close = difflib.get_close_matches(words, KNOWN, n=1, cutoff=0.87) if len(words) > 4 else []
        return (ending, 100) if ending else (_meaning(close[0]) if close else None)
    name, rank = KNOWN[words]
    return (name + words if name.endswith(":") else name), rank


KNOWN = {
    words: (name, rank) for name, line in SYNONYMS.items() for rank, words in enumerate(line.split(", "), 1)
}


def _words(header: str) -> str:
    tail = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", header.rpartition(":")[2])
    return " ".join(re.findall(r"[^\W_]+", tail.casefold()))


def _many(name: str) -> bool:
    column = column_of(name)
    return column is not None and column.many and not column.header.startswith(("dimension:", "consent:"))


def _role_of(text: str) -> str:
    words = text.casefold()
    if "both" in words or ("mentor" in words and "mentee" in words):
        return "both"
    if any(word in words for word in ("mentee", "learner")):
        return "mentee"
    if "mentor" in words:
        return "mentor"
    return "none" if words in UNKNOWN | MARKERS | {"no", "none", "neither", "not taking part"} else ""


def _number(text: str) -> float | None:
    try:
        return number_of(text)
    except Malformed:
        return None


def _number_in(text: str) -> str:
    """Return the years in words such as "less than 1 year" or "5 to 10", empty where there are none."""
    numbers = [float(number.replace(",", ".")) for number in re.findall(r"\d+(?:[.,]\d+)?", text)]
    if not numbers or len(numbers) > 2:
        return ""
    below = re.search(r"less|under|below|up to|<", text.casefold())
    return f"{fmean([0, *numbers] if below else numbers):g}"


def _digits(label: str) -> float | None:
    numbers = re.findall(r"\d+", label)
    return float(numbers[0]) if len(numbers) == 1 else None


def _grade(label: str) -> float | None:
    words = set(_words(label).split())
    places = [place for place, names in enumerate(GRADES) if words & set(names.split())]
    if not places:
        return None
    shade = 0.5 * bool(words & {"senior", "chief"}) - 0.5 * bool(words & {"junior", "associate", "assistant", "deputy"})
    return max(places) + shade * (len(words) > 1)


def _upwards(labels: list[str], means: dict[str, float]) -> list[str]:
    """Return ordered grades the other way round if the years fall."""
    known = [means[label] for label in labels if label in means]
    return labels[::-1] if len(known) > 1 and known[0] > known[-1] else labels


def _plain(cell: Any) -> str:
    return f"{SEPARATOR} ".join(map(text_of, cell)) if isinstance(cell, list | tuple) else text_of(cell)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _quoted(name)


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _text(head: str, lines: Iterator[str]) -> str:
    return f"{head}\n" + "\n".join(lines) + "\n"
