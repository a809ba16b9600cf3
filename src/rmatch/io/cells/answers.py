"""Answers that say how much, not what: yes and no, and the words of scales."""

from __future__ import annotations

import re
from functools import lru_cache

from rmatch.io.cells.no_names import names_all, names_none

_YES = """
yes y true x xx 1 ✓ ✔ ☑ ☒ ✅ ok checked selected ticked on ja j jo oui vrai sí verdadero sì vero sim verdadeiro waar sant
sann sand tak prawda wahr да
"""
_NO = """
no n false 0 ☐ ✗ ✘ ✖ ❌ unchecked unselected unticked off nein falsch non faux falso não nao nee onwaar nej falskt nei falsk
usann nie fałsz нет
"""
YES = frozenset(_YES.split())
NO = frozenset(_NO.split()) | {"not selected", "not checked", "nicht ausgewählt", "non sélectionné"}

_DEGREE = (
    r"(not( at all| very| so)?|very|somewhat|fairly|extremely|slightly|moderately|quite|completely|reasonably|a little"
    r"|highly|rather|totally|strongly|mostly|un|absolutely|neither)"
)
_SCALE = re.compile(
    rf"({_DEGREE}[ -]?)?(confident|comfortable|familiar|experienced|skilled|knowledgeable|likely|interested|proficient"
    rf"|competent|important|satisfied|agree|disagree|sure)( nor [a-z]+)?"
    rf"|{_DEGREE}(?<!neither)(?<!un)|(tend to|partly) (dis)?agree|(neither agree|agree) nor disagree|neutral|undecided"
    r"|(complete |absolute )?beginner|novice|intermediate|advanced|expert|(very )?(low|medium|high)|always|often"
    r"|sometimes|rarely|never|excellent|(very )?(good|poor)|fair|average"
    r"|(sehr |eher |ziemlich |nicht |gar nicht )?(sicher|unsicher|vertraut|erfahren)|anfänger(in)?|fortgeschritten(e|er)?"
    r"|expert(e|in)|stimme( (voll|eher|gar))*( nicht)? zu|teils[ -/]+teils|trifft( (voll|eher|gar))*( nicht)? zu|weder noch"
    r"|débutant(e)?|intermédiaire|avancé(e)?|(pas |plutôt |tout à fait )?(du tout )?d'accord|principiante|intermedio"
    r"|avanzado|(muy |nada |poco )?seguro|(molto |poco |per niente )?sicuro|beginner|gevorderd(e)?|(zeer |niet )?zeker"
    # Rather yes, often, good, fluent: what other languages answer.
    r"|(definitely|probably|rather|eher|definitiv|auf jeden fall|plutôt|absolument|certainement|más bien|definitivamente"
    r"|piuttosto|assolutamente|raczej|zdecydowanie|eerder|zeker)[ ,]+(yes|no|ja|nein|oui|non|sí|si|sì|tak|nie|wel|niet|nee)"
    r"|(totalmente |muy |más bien )?(de acuerdo|en desacuerdo)|(completamente |piuttosto )?(d'accordo|in disaccordo)"
    r"|(concordo|discordo)( totalmente| parcialmente)?|(helemaal )?(niet )?(mee )?(eens|oneens)|(raczej |zdecydowanie )?(nie )?zgadzam się"
    r"|trudno powiedzieć|immer|oft|häufig|manchmal|selten|niemals|toujours|souvent|parfois|rarement|jamais|siempre|a menudo|a veces"
    r"|rara vez|nunca|sempre|spesso|talvolta|raramente|mai|altijd|vaak|soms|zelden|nooit|zawsze|często|czasami|rzadko|nigdy"
    r"|(sehr |eher |weniger |nicht |ganz )?(gut|schlecht|mittel|wenig|viel|hoch|niedrig)|befriedigend|ausreichend|mangelhaft|ungenügend"
    r"|(très |assez |plutôt |peu )?(bien|bon(ne)?|mauvais|faible|moyen(ne)?|élevé)|(muy )?(buen[oa]|mal[oa]|bien|mal|alto|bajo|regular)"
    r"|excelente|(molto )?(buono|scarso|basso)|ottimo|(zeer |heel )?(goed|slecht)|matig|(on)?voldoende|uitstekend"
    r"|(bardzo )?(dobr[ye]|dobrze|dobra|słab[oye]|wysoki|niski)|średni[oa]?|początkujący|(średnio)?zaawansowany"
    r"|fluent(ly)?|native( speaker| level)?|mother tongue|working knowledge|grundkenntnisse|fliessend|muttersprach(e|ler(in)?|lich)"
    r"|verhandlungssicher|courant|langue maternelle|lengua materna|madrelingua|língua materna|vloeiend|moedertaal|flytande|modersmål"
)

_NOTHING = re.compile(
    r"none( of (the above|these|them))?|nothing|no topics?|not applicable|keine?s?( davon)?|nichts|aucune?|rien"
    r"|ningun[oa]|nada|nessun[oa]|niente|geen( van deze)?|niets|nenhum(a)?|inga|inget|ingen|ingenting|intet|żadne|nic"
)


_ANYTHING = re.compile(
    r"(any|all|every)( (levels?|grades?|sites?|offices?|locations?|of (them|these)))?|any(body|one|thing|where)|every(body|one|where)"
    r"|either|both|(no|without) (preferences?|restrictions?|limits?)|(i )?don't mind|(it )?doesn't matter|no matter|whatever"
    r"|open( to all)?|all(e|es)?|jede[rs]?|beliebig(e|er|es)?|egal|überall|keine (präferenz|einschränkung(en)?|vorliebe)"
    r"|tous|toutes?|n'importe (lequel|laquelle|où)|peu importe|sans préférence|indifférent|aucune préférence"
    r"|tod[oa]s|cualquiera?|sin preferencias?|indiferente|me da igual|tutt[ie]|qualsiasi|indifferente|qualquer|sem preferência"
    r"|maakt niet uit|geen voorkeur|alla|spelar ingen roll|ligegyldigt|wszystkie|dowoln[yae]|obojętnie"
)


def accepts_anything(text: str) -> bool:
    """Tell whether somebody who says what they accept accepts everything.

    Examples
    --------
    >>> [accepts_anything(text) for text in ("Any", "No preference", "Egal", "Leeds")]
    [True, True, True, False]
    """
    return _ANYTHING.fullmatch(text.casefold().replace("’", "'").strip(" .!")) is not None


def says_yes(text: str) -> bool | None:
    """Return whether a text says yes or no; None if it says neither.

    Examples
    --------
    >>> says_yes("Oui"), says_yes("0"), says_yes("Python")
    (True, False, None)
    """
    word = text.casefold().strip(" .")
    if word in YES:
        return True
    return False if word in NO else None


def names_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing to name.

    Examples
    --------
    >>> names_nothing("None of the above"), names_nothing("-"), names_nothing("Python")
    (True, True, False)
    """
    word = text.casefold().strip(" .")
    bare = not any(map(str.isalnum, word)) and word not in YES
    return bare or bool(_NOTHING.fullmatch(word))


def only_answers(text: str) -> bool:
    """Tell whether a text answers a question that its header asks, so that it names no topic.

    Examples
    --------
    >>> [only_answers(text) for text in ("Yes", "x", "3", "4/5", "Very Confident", "Python", "C")]
    [True, True, True, True, True, False, False]
    """
    word = text.casefold().strip(" .")
    number = re.fullmatch(r"[\d.,/%\s+-]+", word)
    return bool(number) or word in YES or word in NO or bool(_SCALE.fullmatch(word))


@lru_cache(10_000)
def unnamed(text: str) -> bool:
    """Tell whether a text names no topic, for one reason or the other; topics come again and again."""
    return names_nothing(text) or only_answers(text) or names_none(text) or names_all(text)
