"""What the questions of a form ask, in the words of four languages."""

from __future__ import annotations

import re

from rmatch.cli.guess.vocabulary import words
from rmatch.io import COLUMNS

SURE, DOUBTFUL = 10, 100
"""How far behind the plain words for a field a question stands, and from where on it has to be checked."""
LONG = 3
"""Headings of more words than these are questions, for which no plain word stands."""

# The first that fits counts: who asks for a language to meet in asks for languages.
_QUESTIONS = (
    ("email", r"\b(e-?mail|courriel|correo)\b"),
    ("languages", r"\b(languages?|sprachen?|langues?|idiomas?)\b"),
    ("role", (r"\b(take part|participate|taking part|sign(ing)? up (as|to)|mentor or (a )?mentee|your role|teilnehmen"
             r"|mitmachen|participer|particip(ar|as)|are you (a|an) )\b")),
    ("mentor_capacity", r"\bhow many mentees\b|\bwie viele mentees\b|\bcombien de mentees\b"),
    ("mentee_capacity", r"\bhow many mentors\b|\bwie viele mentor(en|innen)\b|\bcombien de mentors\b"),
    ("hours", (r"\bwhen (can|could|do|would|are) you\b|\b(times?|hours|slots) .*\b(available|meet|suit)|\bavailab(le|ility)\b"
              r"|\bwann (kannst|können|passt|hast|haben)\b|\bquand\b|\bcuándo\b")),
    ("meeting_modes", (r"\bhow (would|do|can|should) .*\bmeet\b|\b(way|mode|format)s? of meetings?\b"
                      r"|\bwie (möchtest|möchten|wollen|willst) .*\btreffen\b|\bcomment .*\brencontrer\b")),
    ("years", (r"\bhow many years\b|\bhow long (have|did) you .*\b(work|been)|\bwie (viele jahre|lange)\b"
              r"|\bdepuis combien|\bcuántos años\b")),
    ("offers", (r"\b(teach|share your|could you share|can you offer|pass on|beibringen|lehren|weitergeben|vermitteln|teilen|enseigner"
               r"|transmettre|enseñar|good at|know well)\b")),
    ("wants", r"\b(learn|improve|get better|know more|lernen|verbessern|apprendre|aprender|mejorar|important to you|help with)\b"),
)  # fmt: skip
_TURNED = re.compile(
    r"\b(not|never|cannot|\w+n't|without|except|before|earlier|previous\w*|past|had|until|till|retire\w*|desired|lack\w*"
    r"|missing|missed|needed|required|future|current role|in (the|your) (role|position)|promotion|manager|boss|supervisor"
    r"|partner|child\w*|nicht|nie|kein\w*|ohne|bisher\w*|früher\w*|gewünscht\w*|fehlend\w*|pas|jamais|sans|ancien\w*"
    r"|nunca|sin|anterior\w*|deseado\w*)\b"
)
_PARTNERS = re.compile(
    r"\b(how many|number of|max|maximum|wie viele|anzahl|combien de|cuánt[oa]s)( \w+)? (\w*partner(s|n|innen)?|partenaires|parejas)\b"
)
_DATES = re.compile(
    r"\b(hire date|hired|date hired|date of hire|(service|employment|contract) start|start date|join(ed|ing)?( date| on)?"
    r"|date of joining|entry date|date of entry|service date|eintritt(sdatum)?|einstellungsdatum|beschäftigt seit"
    r"|date d embauche|date d entrée|fecha de (ingreso|alta|contratación|inicio))\b"
)
_ABOUT = re.compile(
    r"\b(age|alter|âge|edad|gender|geschlecht|genre|género|sex|sexe|ethnic|race|ethnicity|disability|behinderung|handicap"
    r"|orientation|religion|nationality|generation|altersgruppe)\b"
)
_GENERAL = {"group", "band", "range", "identity", "status", "and", "or", "und", "your", "sexual"}
_HOW_OLD = re.compile(r"\b(how old|wie alt|quel âge|qué edad|cuántos años tienes?)\b")
_OPENING = re.compile(
    r"^(what|which|how) (is|are|do|would) (your|you)( describe your| identify your)?|^(was|wie|welche[rs]?) ist (dein|ihr)e?"
    r"|^quel(le)? est (ton|votre|ta)|^cuál es (tu|su)"
)
_DIMENSION = re.compile(r"\s(dimension:[^\[\]:?]+)$")
_OWN = {column.header for column in COLUMNS if "_" in column.header} | {
    "offers",
    "wants",
    "languages",
    "hours",
}
_AGREES = re.compile(
    r"\b(i (agree|consent|accept|allow|confirm)|consent|do you agree|may (we|be used)|can we use|permission"
    r"|einverstanden|stimme .*zu|einwilligung|darf|dürfen|j accepte|je consens|acepto|autorizo|consiento)\b"
)
_WISHES = re.compile(
    r"\b(whom?|which (mentor|mentee|person|people|colleague)s?) (would|do) you\b|\bpreferred (mentor|mentee)s?\b|\bwunsch(partner|mentor|mentee)\w*"
)
_MATCHING = re.compile(
    r"\b(pair|pairs|paired|pairing|match|matched|matching|tandems?|paare?|zuordnung|binômes?|parejas?)\b"
)
_REPORTING = re.compile(
    r"\b(reports?|reporting|statistics|counts?|figures|bericht|statistik|rapports?|informes?)\b"
)
_SENSITIVE = re.compile(
    r"\b(health|illness|sick|disab\w*|religio\w*|faith|pregnan\w*|salary|union|gender|age|birth|ethnic\w*|orientation|name"
    r"|phone|address|mail|\w*behinder\w*|handicap\w*|discapac\w*|mentor|mentee|boss|manager|supervisor|krank\w*|gesund\w*|gehalt|geburt\w*|telefon|anschrift|santé|salaire|naissance|salud|salario)\b"
)


def asked(header: str) -> tuple[str, int] | None:
    """Return the field that a question asks for and how unsure that is, None if it asks for none.

    Examples
    --------
    >>> asked("Which topics could you teach a colleague? (tick all that apply)")
    ('offers', 10)
    >>> asked("What is your age group?")[0], asked("Hire Date")[0]
    ('dimension:age group', 'years')
    >>> asked("What would you like to teach or learn?"), asked("Anything else?")
    (('offers', 100), None)
    """
    plain = words(header)
    if agrees(header):
        return None
    if own := named_in(header):
        return own, SURE
    if _DATES.search(plain):
        return "years", SURE
    if len(plain.split()) <= LONG and not header.rstrip().endswith("?"):
        rest = set(plain.split()) - _GENERAL
        whole = bool(rest) and all(_ABOUT.fullmatch(word) for word in rest)
        return (f"dimension:{plain}", SURE) if whole else None
    if _HOW_OLD.search(plain):
        return "dimension:age", SURE
    if _ABOUT.search(plain):
        topic = _OPENING.sub("", plain).strip()
        return (f"dimension:{topic}", SURE) if topic and len(topic.split()) <= LONG else None
    if _PARTNERS.search(plain):
        return "mentor_capacity", DOUBTFUL  # or mentee_capacity: partners of which side?
    text = " ".join(header.casefold().split())
    fields = [field for field, pattern in _QUESTIONS if re.search(pattern, text)]
    # A question that sounds like two fields may ask for a third thing: a language to learn is no language to meet in.
    return (fields[0], SURE if len(fields) == 1 else DOUBTFUL) if fields else None


def is_turned(header: str) -> bool:
    """Tell whether a heading holds a word that may turn its meaning round, or to another time or person.

    Examples
    --------
    >>> is_turned("When are you not available?"), is_turned("When are you available?")
    (True, False)
    """
    return bool(_TURNED.search(" ".join(header.casefold().replace("’", "'").split())))


def named_in(header: str) -> str:
    """Return the field whose own name ends a heading behind other words, empty if none does.

    Examples
    --------
    >>> named_in("Question on meeting_modes"), named_in("Your dimension:age band"), named_in("Team")
    ('meeting_modes', 'dimension:age band', '')
    """
    match = _DIMENSION.search(header)
    if match:
        return match[1].strip()
    last = header.split()[-1:]
    return last[0] if last and last[0] != header and last[0] in _OWN else ""


def agrees(header: str) -> bool:
    """Tell whether a question asks for an agreement.

    Examples
    --------
    >>> agrees("I agree that HR processes my answers."), agrees("What is your gender?")
    (True, False)
    """
    plain = words(header)
    return len(plain.split()) > LONG and bool(_AGREES.search(plain))


def wishes_as(header: str) -> str:
    """Return the role in which people name others in a column whom they would like to meet, empty if they do not.

    Examples
    --------
    >>> (
    ...     wishes_as("Who would you be interested in mentoring?"),
    ...     wishes_as("Who would you like as your mentor?"),
    ... )
    ('mentor', 'mentee')
    """
    plain = words(header)
    if not _WISHES.search(plain):
        return ""
    if re.search(r"\b(mentoring|mentee|mentees|to mentor)\b", plain):
        return "mentor"
    return "mentee" if re.search(r"\b(mentor|mentors|mentored)\b", plain) else ""


def purposes(header: str) -> str:
    """Return for what an agreement says that answers may be used, as a mapping writes it; empty if it does not say.

    Examples
    --------
    >>> purposes("I agree that my answers on age and gender may be used to form pairs.")
    'match'
    """
    plain = words(header)
    used = {"match": _MATCHING, "report": _REPORTING}
    return "; ".join(name for name, pattern in used.items() if pattern.search(plain))


def is_sensitive(header: str) -> bool:
    """Tell whether a heading says that cells below it are better not shown.

    Examples
    --------
    >>> is_sensitive("Manager Name"), is_sensitive("Time Type")
    (True, False)
    """
    return bool(_SENSITIVE.search(words(header)))
