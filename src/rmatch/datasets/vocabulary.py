"""The words of the synthetic workforce: levels, topics, places, answers, names. All people in it are invented."""

from __future__ import annotations

from typing import NamedTuple

LEVELS = ("Trainee", "Associate", "Professional", "Senior", "Head", "Director", "Executive")
"""The grades, most junior first."""

YEARS_AT_LEVEL = ((0, 3), (0, 6), (2, 10), (4, 16), (9, 28), (13, 33), (17, 38))
"""Least and most years of experience usual at each of `LEVELS`."""

TOPIC_GROUPS = {
    "new technology": (
        "generative AI", "data dashboards", "prompt engineering", "automation", "python", "AI ethics",
        "collaboration tools", "cybersecurity habits", "no-code apps", "cloud services", "virtual reality",
        "open source",
    ),
    "digital media": (
        "short video", "social listening", "podcasts", "online communities", "content creation", "messaging etiquette",
        "livestreaming", "influencer culture", "gaming culture",
    ),
    "inclusive communication": (
        "inclusive language", "inclusive meetings", "plain language", "communicating across generations",
        "communicating across cultures", "accessible documents", "names and pronouns",
    ),
    "staff attitudes": (
        "hybrid working", "wellbeing at work", "career expectations", "feedback culture", "starting in the company",
        "speaking up", "meaning of work",
    ),
    "customer attitudes": (
        "young customers", "sustainability expectations", "mobile payments", "online reviews", "customer journeys",
        "brand loyalty",
    ),
    "perception of the business": (
        "employer reputation", "image in social media", "climate credibility", "graduate market", "local community",
    ),
    "lived experience": (
        "first generation in an office job", "everyday life with disability", "moving to another country",
        "neurodiversity at work", "caring for relatives", "faith at work", "LGBTQ+ at work",
        "being the only one in the room",
    ),
    "leadership": (
        "strategy", "public speaking", "negotiation", "budgeting", "leading change", "stakeholder management",
    ),
}  # fmt: skip
"""The 60 topics by the aims of reverse mentoring, the most common first; leaders give the last group in return."""

TOPICS = tuple(topic for group in TOPIC_GROUPS.values() for topic in group)

TAUGHT = tuple(TOPIC_GROUPS)[:6]
ASKED = ("inclusive communication", "new technology", "lived experience", "customer attitudes", "staff attitudes",
         "perception of the business", "digital media")  # fmt: skip


class Habit(NamedTuple):
    """What one side writes into one of the topic columns.

    Attributes
    ----------
    column, role : str
        Who fills in what.
    groups : tuple of str
        The `TOPIC_GROUPS` to choose from; popularity goes round them in this order.
    draws : tuple of int
        Fewest and most draws a person; topics drawn twice count once, negative numbers are none.
    lowest : int
        The smallest number beside a topic.
    shares : tuple of float
        How common that number and the next ones are.
    """

    column: str
    role: str
    groups: tuple[str, ...]
    draws: tuple[int, int]
    lowest: int
    shares: tuple[float, ...]


HABITS = (
    Habit("offers", "mentor", TAUGHT, (7, 16), 1, (0.08, 0.17, 0.30, 0.28, 0.17)),
    Habit("offers", "mentee", TAUGHT, (0, 4), 1, (0.60, 0.40)),
    Habit("offers", "mentee", ("leadership",), (3, 6), 3, (0.20, 0.40, 0.40)),
    Habit("wants", "mentee", ASKED, (3, 6), 1, (0.30, 0.40, 0.30)),
    Habit("wants", "mentor", ("leadership",), (1, 4), 1, (0.30, 0.40, 0.30)),
    Habit("lived_topics", "mentor", ("lived experience",), (-3, 2), 0, (1.0,)),
)

DEPARTMENTS = {
    "Operations": 22, "Customer Service": 16, "Engineering": 13, "Sales": 12, "Information Technology": 9, "Finance": 7,
    "Marketing": 6, "Research": 5, "People": 4, "Supply Chain": 3, "Legal": 2, "Communications": 1,
}  # fmt: skip
"""Departments and their sizes in per cent."""


class Site(NamedTuple):
    """A place of work: its share of the people in per cent, its time zone and main language."""

    name: str
    share: int
    time_zone: str
    language: str


SITES = (
    Site("London", 30, "+00:00", "English"),
    Site("Hamburg", 18, "+01:00", "German"),
    Site("Toronto", 14, "-05:00", "English"),
    Site("Lyon", 11, "+01:00", "French"),
    Site("Valencia", 9, "+01:00", "Spanish"),
    Site("Pune", 8, "+05:30", "Hindi"),
    Site("Porto", 6, "+00:00", "Portuguese"),
    Site("Nairobi", 4, "+03:00", "Swahili"),
)
LANGUAGES = (
    "English",
    "German",
    "French",
    "Spanish",
    "Hindi",
    "Portuguese",
    "Swahili",
    "Arabic",
    "Polish",
    "Mandarin",
)
MEETING_MODES = ("in person", "online")


def _clock(quarter: int) -> str:
    return f"{quarter // 4:02}:{quarter % 4 * 15:02}"


def _day(start: int, pause: int, resume: int, end: int) -> str:
    return f"{_clock(start)}-{_clock(pause)}; {_clock(resume)}-{_clock(end)}"


HOURS = {
    "mentor": tuple(
        _day(start, pause, pause + 3, end)
        for start in (29, 32, 35, 38)
        for pause in (47, 50)
        for end in (64, 67, 70)
    ),
    "mentee": tuple(
        _day(start, start + 5, end - 6, end)
        for start in (30, 32, 34, 37)
        for end in (52, 57, 65, 68, 71)
    ),
}
"""When mentors and mentees can meet, in quarters of an hour; leaders have less time."""

AGE_BANDS = ("16-24", "25-34", "35-44", "45-54", "55-64", "65+")
"""The answers to the dimension "age band", in order."""


class Question(NamedTuple):
    """A demographic question: its answers and how common they are.

    Attributes
    ----------
    answers : tuple of str
        What can be answered.
    mentors, mentees : tuple of int
        How common each answer is on either side, in per cent.
    consent : tuple of int
        How many consent to no use, matching only, reports only, both, in per cent.
    second : float
        How many add a second answer.
    """

    answers: tuple[str, ...]
    mentors: tuple[int, ...]
    mentees: tuple[int, ...]
    consent: tuple[int, int, int, int]
    second: float = 0.0


QUESTIONS = {
    "age band": Question(AGE_BANDS, (), (), (10, 15, 5, 70)),
    "gender": Question(
        ("woman", "man", "non-binary", "self-described"),
        (50, 46, 3, 1), (34, 64, 1, 1), (9, 10, 8, 73),
    ),
    "ethnicity": Question(
        ("Arab", "Asian", "Black", "Indigenous", "Latin American", "Pacific Islander", "White"),
        (6, 21, 14, 2, 9, 1, 47), (3, 11, 6, 1, 4, 1, 74), (16, 14, 12, 58), 0.08,
    ),
    "education": Question(
        ("secondary school", "apprenticeship", "vocational college", "bachelor's degree", "master's degree",
         "doctorate"),
        (16, 18, 12, 32, 18, 4), (5, 6, 7, 31, 40, 11), (14, 20, 6, 60),
    ),
    "disability": Question(
        ("no disability", "long-term health condition", "mobility", "sight or hearing", "neurodivergence"),
        (80, 7, 3, 3, 7), (86, 7, 3, 2, 2), (26, 12, 16, 46),
    ),
}  # fmt: skip
"""The five dimensions; the age band follows from the years of experience."""

GIVEN_NAMES = (
    "Ada", "Adaeze", "Aiko", "Alba", "Amara", "Ana", "Anders", "Anjali", "Asha", "Aylin", "Baraka", "Beatriz", "Bilal",
    "Bram", "Caio", "Camille", "Chidi", "Clara", "Dalia", "Daniel", "Davide", "Deniz", "Eilidh", "Elias", "Emeka",
    "Esme", "Farah", "Femi", "Finn", "Gita", "Goran", "Hana", "Hugo", "Ines", "Isla", "Ivo", "Jamal", "Jonas", "Jun",
    "Kavya", "Keira", "Kofi", "Laila", "Lars", "Leila", "Lucia", "Malik", "Mara", "Mei", "Milan", "Nadia", "Niamh",
    "Noor", "Oisin", "Olu", "Otto", "Paula", "Pia", "Quentin", "Rafael", "Rania", "Rohan", "Ruth", "Sami", "Sanne",
    "Selma", "Tariq", "Tess", "Thabo", "Uma", "Vera", "Wanjiru", "Yara", "Yusuf", "Zainab", "Zofia",
)  # fmt: skip
FAMILY_NAMES = (
    "Abara", "Achterberg", "Adeyemi", "Almeida", "Amari", "Arslan", "Bailey", "Banerjee", "Bell", "Bianchi", "Bos",
    "Campos", "Carver", "Castell", "Chandra", "Cho", "Costa", "Dahl", "Darwish", "Deshmukh", "Diallo", "Dunne",
    "Eriksen", "Farouk", "Ferreira", "Fischer", "Fontaine", "Gallagher", "Garrido", "Haddad", "Hale", "Hussain",
    "Ibarra", "Iyer", "Jansen", "Kamau", "Kaya", "Keller", "Kimani", "Kowal", "Laurent", "Lim", "Lindqvist", "Maina",
    "Marsh", "Mbeki", "Mendes", "Moreau", "Nakato", "Novak", "Nwosu", "Oduya", "Okafor", "Osei", "Pereira", "Pillai",
    "Quist", "Rahman", "Reyes", "Rossi", "Saito", "Sandhu", "Sato", "Schreiber", "Sharma", "Silva", "Soto", "Tanaka",
    "Tembo", "Ueda", "Vance", "Varga", "Wanjala", "Weiss", "Wren", "Yilmaz", "Zeller", "Zhou",
)  # fmt: skip
