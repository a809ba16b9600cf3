"""Choices: options that hold the separator, one column an option, ranks, scales, and what topics are called."""

from __future__ import annotations

from typing import Any

import pytest

from rmatch.errors import InvalidInputError
from rmatch.io import read_people

Row = dict[str, Any]

ROLES = {"mentor": [{"side": {"equals": "mentor"}}], "mentee": [{"side": {"equals": "mentee"}}]}


def rows(*cells: Row) -> list[Row]:
    """Return a mentor for each given row, and a mentee with nothing."""
    mentors = [
        {"no": f"m{number}", "side": "mentor", **each} for number, each in enumerate(cells, 1)
    ]
    return [*mentors, {"no": "L1", "side": "mentee", **dict.fromkeys(cells[0])}]


def read(source: list[Row], **keys: Any) -> Any:
    columns = {"id": "no", **keys.pop("columns", {})}
    return read_people(source, mapping={"columns": columns, "roles": ROLES, **keys})


def offers(source: list[Row], **keys: Any) -> list[dict[str, int | None]]:
    return [person.offers for person in read(source, **keys) if person.role == "mentor"]


def faults(source: list[Row], **keys: Any) -> list[str]:
    with pytest.raises(InvalidInputError) as caught:
        read(source, **keys)
    return [str(fault) for fault in caught.value.faults]


LISTS = rows(
    {"Skills": "Cloud basics (AWS, Azure), Python"},
    {"Skills": "python, Data, dashboards and Power BI"},
    {"Skills": "Data, dashboards and Power BI,Cloud basics (AWS,Azure)"},
)
COMMA = {"columns": {"offers": "Skills"}, "separators": {"offers": ","}}
KNOWN = ["Cloud basics (AWS, Azure)", "Data, dashboards and Power BI", "Python"]


def test_known_options_hold_the_separator() -> None:
    found = offers(LISTS, options={"offers": KNOWN}, **COMMA)
    assert [set(each) for each in found] == [
        {KNOWN[0], "Python"},
        {KNOWN[1], "Python"},
        {KNOWN[0], KNOWN[1]},
    ]


def test_the_longest_option_is_taken() -> None:
    source = rows({"Skills": "Sales, B2B, Sales"}, {"Skills": "Sales, B2B"})
    known = ["Sales", "B2B", "Sales, B2B"]
    found = offers(source, options={"offers": known}, **COMMA)
    assert [set(each) for each in found] == [{"Sales, B2B", "Sales"}, {"Sales, B2B"}]


def test_an_option_may_hold_a_colon_and_carry_a_level() -> None:
    source = rows({"Skills": "AWS: EC2, S3"}, {"Skills": "Python:4, AWS: EC2, S3"})
    assert offers(source, options={"offers": ["AWS: EC2, S3", "Python"]}, **COMMA) == [
        {"AWS: EC2, S3": None},
        {"Python": 4, "AWS: EC2, S3": None},
    ]


def test_options_are_learned_from_the_cells() -> None:
    many = [
        {"Skills": skills}
        for skills in ("Data, dashboards", "Python, Data, dashboards", "Python") * 3
    ]
    source = rows(*many, {"Skills": "Cloud (AWS, Azure), Python"})
    people = read(source, options={"offers": "learn"}, **COMMA)
    assert people.person(1).offers == {"Python": None, "Data, dashboards": None}
    assert set(people.person(9).offers) == {"Cloud (AWS, Azure)", "Python"}
    assert people.notes[-1] == (
        "the list, Skills: 2 options that hold the separator learned: 'Cloud (AWS, Azure)' (1), 'Data, dashboards' (6)"
    )


def test_options_that_always_stand_together_in_few_cells_are_doubtful() -> None:
    source = rows(*[{"Skills": "Excel, VBA"}] * 3, {"Skills": "Python"})
    (found,) = faults(source, options={"offers": "learn"}, **COMMA)
    assert found == (
        "the list, Skills, offers: 1 text may be one option or several: 'Excel, VBA' (3); say it in a mapping: "
        "[options] offers = { learn = true, known = [such an option, or each of the several] }"
    )
    one = offers(source, options={"offers": {"learn": True, "known": ["Excel, VBA"]}}, **COMMA)
    two = offers(source, options={"offers": {"learn": True, "known": ["Excel", "VBA"]}}, **COMMA)
    assert (set(one[0]), set(two[0])) == ({"Excel, VBA"}, {"Excel", "VBA"})


def test_what_is_no_option_is_listed_once() -> None:
    source = rows({"Skills": "Python, knitting"}, {"Skills": "knitting, my, own idea, Python"})
    (fault,) = faults(source, options={"offers": ["Python"]}, **COMMA)
    assert fault == (
        "person 1 (id 'm1'), offers: 2 texts beside the options: 'knitting' (1), 'knitting, my, own idea' (1); add what is "
        'an option to [options]; of free text write [options] offers = { known = [the options], rest = "keep" }, or "drop"'
    )
    kept = {"known": ["Python"], "rest": "keep"}
    people = read(source, options={"offers": kept}, **COMMA)
    assert people.person(1).offers == {"knitting, my, own idea": None, "Python": None}
    assert people.notes == (
        "the list, Skills: 2 cells with free text, kept as an item: 'knitting' (1), 'knitting, my, own idea' (1)",
    )
    people = read(source, options={"offers": kept | {"rest": "drop"}}, **COMMA)
    assert people.person(1).offers == {"Python": None}
    assert "2 cells with free text that is dropped" in people.notes[0]


def test_private_options_are_never_shown() -> None:
    source = rows({"Answer": "secret, other"})
    keys: Row = {"columns": {"dimension:origin": "Answer"}, "separators": {"dimension:origin": ","}}
    keys["consent"] = {"all": "match", "reason": "asked"}
    found = faults(source, options={"dimension:origin": ["other"]}, **keys)
    assert len(found) == 1
    assert "secret" not in found[0]
    assert "1 text beside the options;" in found[0]


def test_options_that_overlap_are_two_readings() -> None:
    source = rows({"Skills": "a, b, c"})
    found = faults(source, options={"offers": ["a", "a, b", "b, c", "c"]}, **COMMA)
    assert "'a, b, c' can be read as options in two ways" in found[0]
    assert offers(source, options={"offers": ["a", "b, c", "c"]}, **COMMA) == [
        {"a": None, "b, c": None}
    ]


def test_a_value_may_hold_the_separator() -> None:
    source = rows(
        {"How": "In person, Video call (Teams, Zoom)"}, {"How": "Video call (Teams, Zoom)"}
    )
    people = read(
        source,
        columns={"meeting_modes": "How"},
        separators={"meeting_modes": ","},
        values={
            "meeting_modes": {
                "Video call (Teams, Zoom)": "Video",
                "I don't mind": "In person; Video",
            }
        },
    )
    assert people.person(0).meeting_modes == ("In person", "Video")
    assert people.person(1).meeting_modes == ("Video",)
    source = rows({"How": "I don't mind"})
    people = read(
        source,
        columns={"meeting_modes": "How"},
        separators={"meeting_modes": ","},
        values={"meeting_modes": {"I don't mind": "In person; Video"}},
    )
    assert people.person(0).meeting_modes == ("In person", "Video")


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ("Yes", "No"), ("x", ""), ("1", "0"), pytest.param(1, 0, id="numbers"), (True, False), ("TRUE", "FALSE"), ("ja", "nein"), ("oui", "non"), ("sí", "no"),
        ("✓", None), ("Python", ""), ("Ticked", "Prefer not to say"), ("WAHR", "FALSCH"), ("tak", "nie"),
    ],
)  # fmt: skip
def test_one_column_an_option(yes: Any, no: Any) -> None:
    source = rows(
        {"Can you teach: Python": yes, "Can you teach: Video": no},
        {"Can you teach: Python": no, "Can you teach: Video": None},
    )
    columns = {"offers": {"Can you teach: Python": "python", "Can you teach: Video": "video"}}
    assert offers(source, option_columns=columns) == [{"python": None}, {}]


def test_a_column_of_an_option_holds_a_level() -> None:
    source = rows({"P": "5", "V": "1"}, {"P": "0", "V": "4/5"}, {"P": "3 - good", "V": ""})
    people = read(source, option_columns={"offers": {"P": "Python", "V": "Video"}})
    assert [people.person(row).offers for row in range(3)] == [
        {"Python": 5, "Video": 1},
        {"Video": 4},
        {"Python": 3},
    ]
    assert people.notes == (
        "the list, P: 1 cell with words or a scale beside the number read as the number: '3 - good' (1)",
        "the list, V: 1 cell with words or a scale beside the number read as the number: '4/5' (1)",
    )


@pytest.mark.parametrize(
    "cell", ["4", "4/5", "4 - good", "★★★★", "★★★★☆", "⭐⭐⭐⭐", "⭐⭐⭐⭐☆", "4 ★", "4 ⭐"]
)
def test_a_column_of_an_option_tells_the_level_in_numbers_or_stars(cell: str) -> None:
    source = rows({"P": cell}, {"P": "2"})
    assert offers(source, option_columns={"offers": {"P": "Python"}}) == [
        {"Python": 4},
        {"Python": 2},
    ]


def test_a_scale_gives_levels_to_words() -> None:
    source = rows({"P": "Very Confident", "V": "Not confident"}, {"P": "somewhat", "V": "yes"})
    columns = {"offers": {"P": "Python", "V": "Video"}}
    words = {"Very confident": 5, "Somewhat": 2, "Not confident": ""}
    assert offers(source, option_columns=columns, scales={"offers": words}) == [
        {"Python": 5},
        {"Python": 2, "Video": None},
    ]
    found = faults(source, option_columns=columns, scales={"offers": {"not confident": ""}})
    (fault,) = found
    assert fault == (
        "person 1 (id 'm1'), offers: 2 texts without a level, beside yes and no: 'Very Confident' (1), 'somewhat' (1); give "
        'each one in a mapping: [scales.offers] "Very Confident" = 1 to 9, or "" for no; where the column holds free text, '
        '{ text = "keep" } or { text = "drop" } instead of an item'
    )


def test_a_list_of_options_has_the_level_of_the_column_beside() -> None:
    source = rows({"Ticked": "Cloud, Sales", "Cloud?": "4"}, {"Ticked": "Sales", "Cloud?": "2"})
    found = offers(
        source,
        columns={"offers": "Ticked"},
        separators={"offers": ","},
        option_columns={"offers": {"Cloud?": "Cloud"}},
        scales={"offers": {"1": "", "2": ""}},
    )
    assert found == [{"Cloud": 4, "Sales": None}, {"Sales": None}]


def test_levels_on_two_scales_are_doubtful() -> None:
    found = faults(rows({"P": "4/5"}, {"P": "4/9"}), option_columns={"offers": {"P": "Python"}})
    assert "the levels are on different scales: out of 5 (1) and out of 9 (1)" in found[0]


def test_free_text_is_kept_or_dropped_by_choice() -> None:
    source = rows(
        {"P": "yes", "Other (please specify)": "podcasts"}, {"P": "", "Other (please specify)": ""}
    )
    columns: Row = {"P": "Python", "Other (please specify)": {"text": "keep"}}
    people = read(source, option_columns={"offers": columns})
    assert people.person(0).offers == {"Python": None, "podcasts": None}
    assert people.notes == (
        "the list, Other (please specify): 1 cell with free text, kept as an item: 'podcasts' (1)",
    )
    columns["Other (please specify)"] = {"text": "drop"}
    people = read(source, option_columns={"offers": columns})
    assert people.person(0).offers == {"Python": None}
    assert people.notes == (
        "the list, Other (please specify): 1 cell with free text that is dropped: 'podcasts' (1)",
    )


def test_sets_have_columns_of_options_too() -> None:
    source = rows({"EN": "x", "DE": "x"}, {"EN": "", "DE": "x"})
    people = read(source, option_columns={"languages": {"EN": "English", "DE": "German"}})
    assert people.person(0).languages == ("English", "German")
    assert people.person(1).languages == ("German",)
    found = faults(rows({"EN": "3"}), option_columns={"languages": {"EN": "English"}})
    (fault,) = found
    assert fault == (
        "person 1 (id 'm1'), languages: 1 text that says neither yes nor no: '3' (1); give each one in a mapping: "
        '[values.languages] "3" = "yes" or "no"; where the column holds free text, { text = "keep" } or '
        '{ text = "drop" } instead of an item'
    )
    people = read(
        rows({"EN": "3"}),
        option_columns={"languages": {"EN": "English"}},
        values={"languages": {"3": "yes"}},
    )
    assert people.person(0).languages == ("English",)


def test_ranked_choices_are_priorities() -> None:
    source = rows(
        {"1st": "Cloud (AWS, Azure)", "2nd": "Python", "3rd": ""},
        {"1st": "", "2nd": "Python", "3rd": "Prefer not to say"},
        {"1st": "Sales", "2nd": "Python", "3rd": "sales"},
    )
    people = read(source, ranks={"wants": ["1st", "2nd", "3rd"]})
    assert [people.person(row).wants for row in range(3)] == [
        {"Cloud (AWS, Azure)": 3, "Python": 2},
        {"Python": 2},
        {"Python": 2, "Sales": 3},
    ]
    assert people.notes == (
        "the list: in 1 person, wants: the same is chosen twice: its better rank counts",
        "the list: refusals to answer count as unknown: 1 in 3rd",
    )


def test_levels_by_another_column() -> None:
    source = rows(
        {"Skills": "Python; Video", "Alone (1-5)": "5"},
        {"Skills": "Python:2", "Alone (1-5)": 1},
        {"Skills": "Python", "Alone (1-5)": ""},
        {"Skills": "Python", "Alone (1-5)": "never"},
    )
    people = read(
        source,
        columns={"offers": "Skills"},
        levels_by={"offers": "Alone (1-5)"},
        scales={"offers": {"Never": ""}},
    )
    assert [people.person(row).offers for row in range(4)] == [
        {"Python": 5, "Video": 5},
        {"Python": 2},
        {"Python": None},
        {},
    ]
    assert people.notes == (
        "the list: in 1 person, offers: Alone (1-5) says that nothing of the list is meant: it is left out",
        "the list: in 1 person, offers: Alone (1-5) gives another level than the list itself: the list's counts",
    )


@pytest.mark.parametrize(
    "word",
    [
        "Yes",
        "no",
        "x",
        "1",
        "3",
        "4/5",
        "Very Confident",
        "Somewhat",
        "Oui",
        "✓",
        "Strongly agree",
        "Zdecydowanie tak",
        "Raczej nie",
        "Eher ja",
        "Sehr gut",
        "Mittel",
        "Très bien",
        "Muy bien",
        "A veces",
        "Helemaal mee eens",
        "Fluent",
        "Native",
        "fließend",
        "Langue maternelle",
    ],
)
def test_an_answer_is_no_topic(word: str) -> None:
    source = rows({"Can you teach Python?": word})
    found = faults(source, columns={"offers": "Can you teach Python?"})
    (fault,) = found
    cure = 'say in a mapping what the column is about: [option_columns.offers] "Can you teach Python?" = "…"'
    problem = f"person 1 (id 'm1'), offers: 1 text that can be no name, but an answer: {word!r} (1)"
    code = f'; where it is the code of an option, what it means: [values.offers] "{word}" = "…"'
    assert (
        fault
        == f"{problem}; {cure}{code if word.isdecimal() else ''}; a name like that stands in double quotes"
    )
    assert offers(rows({"S": f'"{word}"'}), columns={"offers": "S"}) == [{word: None}]
    scale = {"offers": {word: 3}}
    assert offers(
        source, option_columns={"offers": {"Can you teach Python?": "Python"}}, scales=scale
    ) == [{"Python": 3}]


def test_an_x_beside_topics_is_one_and_is_said_loudly_to_be() -> None:
    people = read(rows({"Skills": "Python"}, {"Skills": "x"}), columns={"offers": "Skills"})
    assert [people.person(row).offers for row in (0, 1)] == [{"Python": None}, {"x": None}]
    (note,) = [note for note in people.notes if note.startswith("WARNING")]
    assert "offers" in note or "Skills" in note
    assert "1 cell 'x' (1) beside names, read as a name like them" in note
    assert '[option_columns.offers] "Skills" = "…"' in note


@pytest.mark.parametrize(
    "word",
    ["None", "none of the above", "-", "nichts", "Maybe", "Not yet", "I don't know", "idk", "ditto", "see CV",
     "Same as above", "siehe Lebenslauf", "wie oben", "vielleicht", "weiß noch nicht", "voir CV", "pas encore",
     "je ne sais pas", "quizás", "todavía no", "ver arriba", "forse", "vedi sopra", "misschien", "zie boven", "talvez",
     "não sei", "kanske", "vet inte", "måske", "Other", "Sonstiges", "various", "etc.", "autre", "Just ask me", "Not much", "ved ikke", "kanskje", "ikke ennå", "nie wiem", "jak wyżej"],
)  # fmt: skip
def test_nothing_is_no_topic(word: str) -> None:
    source = rows({"Skills": word})
    (fault,) = faults(source, columns={"offers": "Skills"})
    assert fault == (
        f"person 1 (id 'm1'), offers: 1 text that can be no name: {word!r} (1); leave the cell empty, or say in a "
        f'mapping that it is: [values.offers] "{word}" = ""'
    )
    assert offers(source, columns={"offers": "Skills"}, values={"offers": {word: ""}}) == [{}]
    assert offers(source, columns={"offers": "Skills"}, unknown=["", word]) == [{}]


def test_a_mark_for_as_above_is_no_topic() -> None:
    (fault,) = faults(rows({"Skills": "Python"}, {"Skills": '"'}), columns={"offers": "Skills"})
    assert "1 text that can be no name: '\"' (1)" in fault


@pytest.mark.parametrize("field", ["offers", "wants", "meeting_modes", "languages", "lived_topics"])
@pytest.mark.parametrize(
    "word",
    ["Any", "All", "everything", "everything except Python", "all of the above", "Either", "no preference", "I don't mind", "alles", "egal", "beides",
     "tout", "peu importe", "todos", "da igual", "tutti", "qualsiasi", "maakt niet uit", "tanto faz", "spelar ingen roll",
     "ligegyldigt", "obojętne"],
)  # fmt: skip
def test_whatever_there_is_is_no_name(word: str, field: str) -> None:
    source = rows({"Ask": word})
    (fault,) = faults(source, columns={field: "Ask"})
    private = field == "lived_topics"
    assert (
        f'say in a mapping which: [values.{field}] "{"…" if private else word}" = "…; …"' in fault
    )
    values = {field: {word: "A; B"}}
    people = read(source, columns={field: "Ask"}, values=values)
    assert set(getattr(people.person(people.id.index("m1")), field)) == {"A", "B"}
    assert not any(note.startswith("WARNING") for note in people.notes)


@pytest.mark.parametrize(
    "topic",
    [
        "C",
        "See-level rise",
        "Same-day delivery",
        "All-hands meetings",
        "Open source",
        "Later life",
        "Any-to-any",
        "R",
        "Excel",
        "C++",
        "Go",
        "Expert systems",
        "Office 365",
        "5G",
        "Yes-No games",
    ],
)
def test_a_short_topic_is_one(topic: str) -> None:
    assert offers(rows({"Skills": topic}), columns={"offers": "Skills"}) == [{topic: None}]


@pytest.mark.parametrize(
    ("cell", "capacity"),
    [("3 mentees", 3), ("2 people", 2), ("up to 2", 2), ("1 Person", 1), ("max. 4", 4)],
)
def test_a_capacity_may_have_a_unit(cell: str, capacity: int) -> None:
    people = read(rows({"How many?": cell}), columns={"mentor_capacity": "How many?"})
    assert people.person(0).mentor_capacity == capacity
    assert people.notes == (
        f"the list, How many?: 1 cell with words or a scale beside the number read as the number: {cell!r} (1)",
    )


@pytest.mark.parametrize("cell", ["50 %", "2 hours", "1-2", "1 or 2", "3+", "two", "2,5"])
def test_a_capacity_that_is_none_is_refused(cell: str) -> None:
    assert (
        repr(cell) in faults(rows({"How many?": cell}), columns={"mentor_capacity": "How many?"})[0]
    )


def test_topics_have_synonyms_and_broader_terms() -> None:
    source = rows(
        {"Skills": "ChatGPT:2; Generative AI:4; Sales", "Likes": "TikTok"},
        {"Skills": "chat gpt", "Likes": "Instagram:3; TikTok"},
    )
    people = read(
        source,
        columns={"offers": "Skills", "wants": "Likes"},
        topics={
            "ChatGPT": "Gen AI",
            "Gen AI": "Generative AI",
            "TikTok": "Social media",
            "Instagram": "Social media",
            "Go": "Golang",
        },
    )
    assert people.person(0).offers == {"Generative AI": 4, "Sales": None}
    assert people.person(1).offers == {"Generative AI": None}
    assert people.person(1).wants == {"Social media": 3}
    assert people.notes == (
        "the list: offers: 2 topics count as [topics] says: 'ChatGPT' (1), 'chat gpt' (1)",
        "the list: wants: 3 topics count as [topics] says: 'TikTok' (2), 'Instagram' (1)",
        "mapping: 2 of [topics] are no topic of anybody: 'genai', 'go'",
    )


def test_every_wrong_key_is_listed() -> None:
    found = faults(
        rows({"Skills": "Python"}),
        options={"offers": [], "years": ["a"], "wants": {"known": [], "rest": "x"}},
        option_columns={"offers": {"Missing": "Python", "Skills": 3}, "level": {"a": "b"}},
        scales={"offers": {"High": 10, "high": 3}, "languages": {"yes": 3}},
        ranks={"offers": ["a"], "wants": ["a", "a"]},
        levels_by={"offers": 3, "site": "x"},
        topics={"a": "b", "b": "a", "A": "c", "d": ""},
    )
    starts = [
        "mapping, options.offers: is no list of options",
        "mapping, options.years: is not possible for this field",
        "mapping, options.wants.rest: 'x' is not a choice",
        "mapping, options.wants: names no option",
        "mapping, option_columns.offers.Skills: is no item",
        "mapping, option_columns.level: is not possible for this field",
        "mapping, scales.offers.High: 10 is no level",
        "mapping, scales.offers.high: has two levels",
        "mapping, scales.languages.yes: languages has no levels",
        "mapping, ranks.offers: is not ranked",
        "mapping, ranks.wants: is no list of different columns",
        "mapping, levels_by.offers: is not a column",
        "mapping, levels_by.site: is not possible for this field",
        "mapping, topics.A: means two topics",
        "mapping, topics.d: means no topic",
        "mapping, topics.",
    ]
    assert [fault[: len(start)] for fault, start in zip(found, starts, strict=False)] == starts


def test_a_column_that_is_not_there_is_named() -> None:
    found = faults(
        rows({"Skill": "x"}),
        option_columns={"offers": {"Skils": "Python"}},
        ranks={"wants": ["First"]},
        levels_by={"offers": "Level"},
    )
    assert [fault.split(";")[0] for fault in found] == [
        "mapping, option_columns.offers: 'Skils' is not a column of the list",
        "mapping, ranks.wants: 'First' is not a column of the list",
        "mapping, levels_by.offers: 'Level' is not a column of the list",
    ]
    assert "did you mean 'Skill'?" in found[0]


def test_a_value_has_one_meaning() -> None:
    found = faults(
        rows({"S": "x"}), columns={"site": "S"}, values={"site": {"x": "North", "X": "South"}}
    )
    assert found == [
        "mapping, values.site.X: has two meanings; write it once: case is not told apart"
    ]


def test_a_role_may_depend_on_a_share_or_a_number_with_its_unit() -> None:
    def roles(*cells: str) -> list[str]:
        source = [{"id": f"p{number}", "FTE": cell} for number, cell in enumerate(cells)]
        rules = {"mentor": [{"FTE": {"at_least": 50}}], "mentee": [{"FTE": {"at_most": 30}}]}
        mapping = {"columns": {"id": "id"}, "roles": rules}
        return [person.role for person in read_people(source, mapping=mapping)]

    assert roles("50 %", "30%", "Keine Angabe") == ["mentor", "mentee", "none"]
    assert roles("50 people", "30", "no answer") == ["mentor", "mentee", "none"]
    with pytest.raises(InvalidInputError) as caught:
        roles("50 %", "0,5")
    assert "1 share in per cent beside 1 cell with another number" in str(caught.value)


def test_the_separator_of_options_is_found_where_no_mapping_says_it() -> None:
    source = rows({"Skills": "Cloud (AWS, Azure)|Python"}, {"Skills": "Python"})
    known = {
        "columns": {"offers": "Skills"},
        "options": {"offers": ["Cloud (AWS, Azure)", "Python"]},
    }
    people = read(source, **known)
    assert set(people.person(0).offers) == {"Cloud (AWS, Azure)", "Python"}
    assert people.notes == ("the list, Skills: '|' was found to part the options",)
    source = rows({"Skills": "Cloud (AWS, Azure), Python"}, {"Skills": "Python"})
    for options in ("learn", ["Cloud (AWS, Azure)", "Python"]):
        people = read(source, **known | {"options": {"offers": options}})
        assert set(people.person(0).offers) == {"Cloud (AWS, Azure)", "Python"}
        assert people.notes[0] == "the list, Skills: ',' was found to part the options"


def test_numbers_that_look_like_ranks_are_no_priorities() -> None:
    source = rows({"P": "1", "V": "2", "S": "3"}, {"P": "2", "V": "1", "S": ""})
    keys: Row = {"option_columns": {"wants": {"P": "Python", "V": "Video", "S": "Sales"}}}
    (fault,) = faults(source, **keys)
    assert fault == (
        "the list, wants: the numbers look like ranks: 2 rows with 1, 2, … once each; where 1 is the first choice, say in a "
        'mapping: [scales.wants] "1" = 3, "2" = 2, "3" = 1; where a higher number is the dearer one, the numbers as they are'
    )
    people = read(source, scales={"wants": {"1": 3, "2": 2, "3": 1}}, **keys)
    assert people.person(0).wants == {"Python": 3, "Video": 2, "Sales": 1}
    as_they_are = {"1": 1, "2": 2, "3": 3}
    assert read(source, scales={"wants": as_they_are}, **keys).person(0).wants == {
        "Python": 1,
        "Video": 2,
        "Sales": 3,
    }
    assert read(rows({"P": "5", "V": "5"}), option_columns={"wants": {"P": "Python", "V": "Video"}})


def test_a_choice_by_rank_is_one() -> None:
    source = rows({"1st": "Python; Video"})
    assert "'Python; Video' holds several choices" in faults(source, ranks={"wants": ["1st"]})[0]


@pytest.mark.parametrize("cell", ["50 %", "10", "3-Apr", "2,5", "about 3", "7/10"])
def test_what_is_no_level_has_a_cure(cell: str) -> None:
    source = rows({"P": cell})
    columns = {"offers": {"P": "Python"}}
    if cell in {"about 3", "7/10"}:
        assert offers(source, option_columns=columns) == [{"Python": 3 if cell == "about 3" else 7}]
    else:
        assert (
            f"1 text without a level, beside yes and no: {cell!r} (1)"
            in faults(source, option_columns=columns)[0]
        )
    assert offers(source, option_columns=columns, scales={"offers": {cell: 2}}) == [{"Python": 2}]


def test_a_scale_that_nobody_uses_is_told() -> None:
    people = read(
        rows({"Skills": "Python"}), columns={"offers": "Skills"}, scales={"offers": {"High": 3}}
    )
    assert people.notes == ("the list, Skills: no topic has a word of [scales.offers] behind it",)


def test_a_private_topic_is_not_shown_in_a_cure() -> None:
    source = [
        {"id": "a", "role": "mentor", "lived_topics": "nothing"},
        {"id": "b", "role": "mentee"},
    ]
    with pytest.raises(InvalidInputError) as caught:
        read_people(source)
    assert "'nothing'" not in str(caught.value)
    assert '"nothing"' not in str(caught.value)


def test_one_fault_tells_all_answers_of_a_column() -> None:
    source = rows({"S": "Yes"}, {"S": "No"}, {"S": "Yes; 7"}, {"S": "Python"})
    (fault,) = faults(source, columns={"offers": "S"})
    assert (
        "offers: 3 texts that can be no name, but an answer: 'Yes' (2), 'No' (1), '7' (1);" in fault
    )
    codes = {"Yes": "", "No": "", "7": "Video"}
    assert offers(source, columns={"offers": "S"}, values={"offers": codes})[2] == {"Video": None}


def test_a_level_of_a_list_without_a_number_asks_for_a_scale_only() -> None:
    source = rows({"Skills": "Python", "Level": "Advanced"})
    keys: Row = {"columns": {"offers": "Skills"}, "levels_by": {"offers": "Level"}}
    (fault,) = faults(source, **keys)
    assert fault == (
        "person 1 (id 'm1'), offers: 1 text without a level, beside yes and no: 'Advanced' (1); give each one in a mapping: "
        '[scales.offers] "Advanced" = 1 to 9, or "" for no'
    )
    assert offers(source, scales={"offers": {"advanced": 4}}, **keys) == [{"Python": 4}]


def test_norwegian_and_japanese_are_languages_among_codes() -> None:
    people = read(rows({"L": "en; no"}, {"L": "ja"}), columns={"languages": "L"})
    assert people.person(0).languages == ("en", "no")
    assert people.person(1).languages == ("ja",)
    assert read(rows({"L": ["no", "en"]}), columns={"languages": "L"}).person(0).languages == (
        "en",
        "no",
    )
    found = faults(
        rows({"Do you speak German?": "ja"}, {"Do you speak German?": "no"}),
        columns={"languages": "Do you speak German?"},
    )
    assert "2 texts that can be no name, but an answer: 'ja' (1), 'no' (1)" in found[0]


def test_one_and_two_may_be_the_codes_of_yes_and_no() -> None:
    columns = {"Q: Law": "Law", "Q: AI": "AI"}
    rows = [
        {"id": "1", "role": "mentor", "Q: Law": 1, "Q: AI": 2},
        {"id": "2", "role": "mentee"},
    ]
    mapping = {"option_columns": {"offers": columns}}
    people = read_people(rows, mapping=mapping)
    assert people.person(0).offers == {"AI": 2, "Law": 1}
    assert people.notes == (
        (
            "WARNING: the list: offers: 1 and 2 in its option columns count as levels; where 2 means no,"
            ' say in a mapping: [scales.offers] "1" = 1, "2" = "", else "2" = 2'
        ),
    )
    for two, offers in (("", {"Law": 1}), (2, {"AI": 2, "Law": 1})):
        people = read_people(rows, mapping={**mapping, "scales": {"offers": {"1": 1, "2": two}}})
        assert people.person(0).offers == offers
        assert not [note for note in people.notes if note.startswith("WARNING")]


def test_a_number_in_front_of_a_ranked_choice_is_warned_of_and_the_cure_works() -> None:
    rows = [{"id": "1", "role": "mentee", "1st": "1. Law"}, {"id": "2", "role": "mentor"}]
    mapping: dict[str, Any] = {"ranks": {"wants": ["1st"]}}
    (warning,) = read_people(rows, mapping=mapping).notes
    assert warning.endswith(
        "1 text that carries what may be a level or a rank: '1. Law' (1), read as names;"
        ' say in a mapping what each means: [values.wants] "1. Law" = "Law"'
    )
    people = read_people(rows, mapping={**mapping, "values": {"wants": {"1. Law": "Law"}}})
    assert (people.person(0).wants, people.notes) == ({"Law": 1}, ())
