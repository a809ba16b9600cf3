"""Words that stand where an item should be named and name none: put off, said elsewhere, or all of them."""

from __future__ import annotations

import re

# Texts in small letters, without the marks around them.
_LATER = r"""
    maybe|perhaps|possibly|not\ (yet|now|really|decided)|(i'm\ |i\ am\ )?(not\ (really\ |quite\ )?sure|unsure|undecided)(\ yet)?
    |(i\ )?(do\ not|don't|dont)\ know(\ yet)?|idk|dunno|no\ idea|later|depends|it\ depends|let's\ (see|talk|discuss)|open
    |vielleicht|eventuell|evtl|noch\ (nicht|offen|unklar|keine?s?)|(ich\ )?wei(ß|ss)\ (ich\ |es\ )?(noch\ )?nicht|keine\ ahnung
    |unklar|offen|unentschlossen|(kommt|kommt\ noch|spater|später)(\ darauf\ an)?|mal\ sehen
    |peut[- ](e|ê)tre|pas\ encore|(je\ )?(ne\ )?sais\ pas(\ encore)?|aucune\ id(e|é)e|(a|à)\ voir|plus\ tard
    |quiz(a|á)s?|tal\ vez|a(u|ú)n\ no|todav(i|í)a\ no|no\ (lo\ )?s(e|é)|m(a|á)s\ tarde|ni\ idea
    |forse|non\ ancora|non\ (lo\ )?so|nessuna\ idea|misschien|nog\ niet|weet\ (ik\ )?(nog\ )?niet|geen\ idee
    |talvez|ainda\ n(a|ã)o|n(a|ã)o\ sei|kanske|inte\ (an|än|ännu)|vet\ (inte|ej|ikke)|m(å|a)ske|kanskje
    |ikke\ enn?d?(å|nu)|ved\ ikke|może|być\ może|jeszcze\ nie|nie\ wiem
"""
_ELSEWHERE = r"""
    (something\ |anything\ )?(other|else)s?(\ topics?)?(\ \(?please\ specify\)?)?|various(\ (things|topics))?|several|misc(ellaneous)?|mixed|etc
    |(many|lots\ of|a\ lot\ of|a\ bit\ of|too\ many)\ (things|everything|topics)|a\ lot|not\ (much|a\ lot)|(just\ )?ask(\ me)?|and\ (more|so\ on)
    |sonstiges?|anderes?|verschiedene?s|diverse?s|einiges|vieles|usw|gemischt|autres?|divers(es)?|otr[oa]s?|vari[oa]s|altr[oi]|vari[eo]?
    |overige?|anders|diversen|outr[oa]s?|v(a|á)ri[oa]s|annat|övrigt|diverse|andet|annet|øvrigt|inne|różne
    |dit+o|idem|same|the\ same|same\ (as|like)\ .*|as\ (above|before|below|last\ (year|time))|(please\ )?(see|refer\ to)\ .*
    |(as\ )?mentioned\ .*|(see\ )?(above|below|attached|attachment)|you\ know(\ me)?
    |(gleiche?s?|dasselbe|dieselben?)(\ wie\ .*)?|wie\ (oben|vorher|bisher|letztes\ jahr)|s\.\ ?[ou]|siehe\ .*|bitte\ siehe\ .*
    |voir\ .*|(comme|cf\.?)\ .*|la\ m(e|ê)me\ chose|ci[- ](dessus|dessous|joint)|v(e|é)ase\ .*|ver\ .*|lo\ mismo|igual\ que\ .*
    |como\ (arriba|acima|antes)|vedi\ .*|come\ sopra|lo\ stesso|zie\ .*|hetzelfde|zelfde(\ als\ .*)?|o\ mesmo|veja\ .*
    |se\ (ovan|ovenfor|over|nedan|cv|profil)|samma(\ som\ .*)?|det\ samme|som\ (ovan|ovenfor|over)|patrz\ .*|zob(acz|\.)\ .*|jak\ wyżej|j\.\ ?w
"""
_ALL = r"""
    (all|everything|anything|any|alles|tout|todo|tutto|tudo)\ (except|but|apart\ from|besides|other\ than|außer|bis\ auf|sauf|menos|excepto|salvo|tranne|exceto)\b.*|
    (open\ to\ )?(any|all|both|either)(\ (is|are)\ (fine|ok|okay))?|(open\ to\ |up\ for\ )?(anything|everything|whatever)
    |(any|all|every|each)(\ one)?(\ of)?(\ (the|these|them|those))?(\ (above|topics?|subjects?|options?|skills?|areas?|languages?))?
    |no\ preferences?|(i\ )?(do\ not|don't|dont)\ (mind|care)|(all\ )?the\ above|flexible|indifferent|does\ not\ matter|doesn't\ matter
    |alles|alle(\ (themen|genannten|oben\ genannten))?|beides|egal|beliebig(e|es)?|irgendwas|flexibel|keine\ (vorlieben?|präferenz(en)?)
    |tous|toutes|tout(\ ce\ qui\ pr(e|é)c(e|è)de)?|n'importe(\ (quoi|lequel|lesquels))?|peu\ importe|les\ deux|sans\ pr(e|é)f(e|é)rence
    |tod[oa]s?(\ (l[oa]s?\ )?(anterior(es)?|temas))?|cualquier(a)?(\ (cosa|tema))?|ambos|da\ igual|me\ da\ igual|sin\ preferencia|indiferente
    |tutt[oie]|tutti\ e\ due|qualsiasi(\ cosa)?|qualunque|indifferente|entrambi|nessuna\ preferenza|allemaal|beide|maakt\ niet\ uit
    |geen\ voorkeur|tudo|qualquer(\ (um|coisa))?|tanto\ faz|sem\ prefer(e|ê)ncia|allt|alla|b(å|a)da|vad\ som\ helst|spelar\ ingen\ roll
    |alt|begge|hvad\ som\ helst|hva\ som\ helst|ligegyldigt|wszystk(o|ie)|obojętne|bez\ różnicy
"""
_NAMES_NONE = re.compile(f"(?:{_LATER}|{_ELSEWHERE})", re.VERBOSE)
_NAMES_ALL = re.compile(f"(?:{_ALL})", re.VERBOSE)
_AROUND = " .!?…()[]*-–—'\"„“”″〃"


def names_none(text: str) -> bool:
    """Tell whether a text puts off what it should name, or says that it stands elsewhere.

    Examples
    --------
    >>> [
    ...     names_none(text)
    ...     for text in ("Maybe", "see CV", '"', "wie oben", "Python", "Same-day delivery")
    ... ]
    [True, True, True, True, False, False]
    """
    word = _bare(text)
    return not word or bool(_NAMES_NONE.fullmatch(word))


def names_all(text: str) -> bool:
    """Tell whether a text means whatever could be named.

    Examples
    --------
    >>> [names_all(text) for text in ("Any", "all of the above", "egal", "All-hands meetings")]
    [True, True, True, False]
    """
    return bool(_NAMES_ALL.fullmatch(_bare(text)))


def _bare(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split()).strip(_AROUND)
