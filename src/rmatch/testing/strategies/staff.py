"""People with everything that a table can say about them, in the words that programmes use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from rmatch.io import read_people

if TYPE_CHECKING:
    from rmatch.people import People

FIRST = ("Jana", "Sam", "Lea", "Ivo", "Ada", "Bo", "Cleo", "Tom")
LAST = ("Novak", "Okoye", "Brand", "Tran", "Moser", "Weber", "Silva", "Horn")
TOPICS = (
    "Python",
    "Social media (TikTok, Instagram, Reels)",
    "Cloud basics (AWS, Azure)",
    "Data/AI",
    "Writing + editing",
    "Budgets; forecasts",
    "R",
    "Führung",
)
CHOICES = {
    "level": ("P1", "P4/M1", "D1"),
    "department": ("Sales, North", "NA", "Data"),
    "site": ("Leeds", "København", "Vienna"),
    "hours": ("09:00-12:00", "08:30-12:00; 13:00-17:00"),
    "time_zone": ("Europe/Berlin", "+02:00"),
}
SETS = {
    "languages": ("English", "Deutsch", "Español"),
    "meeting_modes": ("Video call (Teams, Zoom)", "In person"),
    "accepted_levels": CHOICES["level"],
    "accepted_sites": CHOICES["site"],
    "lived_topics": ("returning after a break", "carer"),
}
ANSWERS = {"age group": ("18-24", "25-34", "65+"), "gender": ("Woman", "Man", "Non-binary")}
ROLES = ("mentor", "mentee", "both", "none")
CONSENTS = ("", "match", "report", "match; report")


@st.composite
def staff(draw: st.DrawFn, *, most: int = 6) -> People:
    """Return people with any of the fields that a table can have, a mentor and a mentee at least.

    Requires the hypothesis package.

    Parameters
    ----------
    most : int
        The most people.

    Returns
    -------
    SearchStrategy of People
        People with names and addresses of their own, topics that hold commas, and bosses above them.
    """
    count = draw(st.integers(2, most))
    fields = draw(st.sets(st.sampled_from((*CHOICES, *SETS, *PLAIN, *ANSWERS)), min_size=3))
    width = draw(st.sampled_from((0, 5)))
    numbers = draw(st.lists(st.integers(1, 40), min_size=count, max_size=count, unique=True))
    people: list[dict[str, Any]] = []
    for place, number in enumerate(numbers):
        record = draw(_described(fields))
        record |= {"id": f"{number:0{width}d}" if width else f"E{number}"}
        record["role"] = ("mentor", "mentee")[place] if place < 2 else draw(st.sampled_from(ROLES))
        if "name" in fields:
            record["name"] = f"{FIRST[place]} {LAST[-place]}"
        if "email" in fields:
            record["email"] = f"{FIRST[place]}.{number}@firm.example".lower()
        if "manager_id" in fields:
            record["manager_id"] = draw(st.sampled_from([None, *(each["id"] for each in people)]))
        people.append(record)
    return read_people(people)


def _described(fields: set[str]) -> st.SearchStrategy[dict[str, Any]]:
    drawn: dict[str, st.SearchStrategy[Any]] = {}
    for name in sorted(fields):
        if name in CHOICES:
            drawn[name] = st.none() | st.sampled_from(
                [f'"{each}"' for each in CHOICES[name]]
                if name not in ("hours", "time_zone")
                else CHOICES[name]
            )
        elif name in SETS:
            drawn[name] = st.lists(st.sampled_from(SETS[name]), max_size=2, unique=True)
        elif name in ANSWERS:
            drawn[f"dimension:{name}"] = st.lists(st.sampled_from(ANSWERS[name]), max_size=1)
            drawn[f"consent:{name}"] = st.sampled_from(CONSENTS)
        elif PLAIN.get(name) is not None:
            drawn[name] = PLAIN[name]
    if "lived_topics" in fields:
        drawn["consent:lived_topics"] = st.sampled_from(("", "display", "match; display"))
    return st.fixed_dictionaries(drawn)


def _numbered(most: int, *, some: bool = False) -> st.SearchStrategy[dict[str, int | None]]:
    numbers = st.integers(1, most)
    return st.dictionaries(
        st.sampled_from(TOPICS), numbers if not some else st.none() | numbers, max_size=3
    )


PLAIN: dict[str, Any] = {
    "name": None,
    "email": None,
    "manager_id": None,
    "years": st.none() | st.integers(0, 400).map(lambda tenths: tenths / 10) | st.just(2.25),
    "offers": st.one_of(_numbered(5, some=True), _numbered(1)),
    "wants": st.one_of(_numbered(3), _numbered(1)),
    "mentor_capacity": st.none() | st.integers(0, 3),
    "mentee_minimum": st.none() | st.integers(0, 1),
    "extra:club": st.none() | st.sampled_from(("chess", "football; on Fridays")),
}
"""What is drawn for other fields; None for what depends on the others."""
