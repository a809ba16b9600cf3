"""Refusals: what forms offer to those who would rather not answer, in the languages that forms use."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

LONGEST_REFUSAL = 100

# Texts without marks on letters: é is e, å is a, ö is o; ø, æ, ł and ß (as ss) stay.
_ENGLISH = r"""
    (i('d|\ would|\ do)?\ )?((strongly|would)\ )?(prefer|choose|chose|opt|opted|elect|wish|decide|decided)\ (not\ to|to\ not)\ {say}
    |(i('d|\ would)?\ )?(prefer|rather)\ not(\ {say})?
    |(i\ )?would\ rather\ not(\ to)?(\ {say})?|rather\ not\ to\ {say}
    |((i\ am|i'm)\ )?(not\ (willing|comfortable)|unwilling|uncomfortable)\ (to\ {say}|(sharing|answering|disclosing)(\ this)?)
    |(i\ )?(do|did|would)(\ not|n't|nt)\ (wish|want|care|like)\ to\ {say}
    |(i\ )?(decline|declined|declines|refuse|refused|refuses)(\ to\ {say})?
    |(information\ |answer\ )?not\ (disclosed|stated|specified|declared|answered|provided|given|reported)
    |(information\ |answer\ )?(undisclosed|undeclared|unanswered|unspecified|withheld)
    |no\ (answer|response|reply|comment)(\ (given|provided))?
    |skipped|skip\ this\ question|pnts|p\.n\.t\.s
"""
_SAY = r"""
    (say|answer|disclose|state|respond|specify|share|tell|identify|self[-\ ]?identify|self[-\ ]?disclose
    |(self[-\ ]?)?describe|(self[-\ ]?)?declare|provide|reveal|give|reply|indicate|comment|report)
    (\ (it|this|that|so|myself|to\ this|here|publicly|at\ this\ time|an?\ (answer|response)|any\ (answer|information)
    |(to\ )?(this|the)\ (question|information|answer)|this\ personal\ information
    |my\ (age(\ group)?|gender(\ identity)?|sex|race|ethnicity|ethnic\ (group|background|origin)|origin|religion
    |(sexual\ )?orientation|identity|pronouns|disability(\ status)?|status|background|answer|information|details)))?
"""
_GERMAN = r"""
    keine?\ (angaben?|antwort|auskunft)(\ gemacht)?|k\.\ ?a\.?|ohne\ angabe|nicht\ (beantwortet|angegeben)
    |((das|dies|dazu|hierzu)\ )?(ich\ )?(mochte|moechte|will|mag)(\ ich)?
     (\ (das|dies|es|dazu|hierzu|darauf|mich|diese\ frage|lieber|nicht|dazu\ nicht|keine\ (angaben?|antwort)))+
     (\ (beantworten|angeben|sagen|antworten|mitteilen|machen|preisgeben|geben|offenlegen|nennen|aussern|auessern))?
    |(ich\ )?(mochte|will)\ mich\ (dazu\ |hierzu\ )?nicht\ (dazu\ |hierzu\ )?(aussern|auessern|aeussern)
    |(ich\ )?(lieber|moglichst)\ (nicht|keine\ angaben?)(\ (sagen|angeben|beantworten|antworten))?
    |(ich\ )?(ziehe\ es\ vor|bevorzuge(\ es)?),?\ (es\ |das\ |dies\ )?nicht\ (zu\ (sagen|antworten|beantworten)|anzugeben)
    |(ich\ )?(bevorzuge|verweigere)\ (keine|die)\ (angabe|antwort|aussage)|(antwort\ |angabe\ )?verweigert
"""
_FRENCH = r"""
    (je\ )?(prefere|prefererais|choisis\ de|souhaite|desire)\ (ne\ )?pas\ {dire}
    |(je\ )?ne\ (souhaite|veux|desire|prefere|voudrais|souhaiterais|veut)\ pas\ {dire}
    |ne\ (se\ prononce|repond)\ pas|non[-\ ]reponse|(sans|pas\ de|aucune)\ reponse|refus(e)?(\ de\ repondre)?|je\ refuse(\ de\ repondre)?
    |non\ (communique|precise|renseigne|declare|divulgue|specifie|indique)e?s?
"""
_DIRE = r"""
    (le\ |y\ |me\ |m'|l'|se\ )?(dire|repondre|preciser|divulguer|indiquer|communiquer|declarer|prononcer|identifier
    |partager|renseigner|specifier|reveler)(\ (a\ )?(cette|la)\ (question|information))?
"""
_SPANISH = r"""
    (yo\ )?(prefiero|preferiria|prefiere|elijo|opto\ por)\ no(\ {decir})?
    |no\ (deseo|quiero|quisiera|desea|quiere|prefiero)\ {decir}
    |(sin|ninguna)\ respuesta|sin\ (contestar|especificar|declarar)|ns\ ?/\ ?nc|se\ niega\ a\ responder|rehusa(\ responder)?
    |no\ (contesta|responde|contesto|respondo|especificad[oa]|declarad[oa]|informad[oa]|indicad[oa]|revelad[oa])
    |me\ reservo\ la\ respuesta|prefiero\ (reservarme\ la\ respuesta|reservarmelo)|no\ (declara|informa)
"""
_DECIR = r"""
    (decir|responder|contestar|indicar|especificar|revelar|compartir|declarar|informar|divulgar|identificarme|mencionar)
    (lo|la)?(\ (a\ )?(esta|la)\ (pregunta|informacion))?
"""
_ITALIAN = r"""
    (io\ )?(preferisco|preferirei|scelgo\ di|preferisce)\ non(\ {dirlo})?
    |non\ (desidero|voglio|vorrei|intendo|desidera|vuole)\ {dirlo}
    |(nessuna|senza)\ risposta|(mi\ )?rifiuto(\ di\ rispondere)?|mi\ astengo
    |non\ (dichiarat[oa]|specificat[oa]|indicat[oa]|risponde|rispondo|fornit[oa]|divulgat[oa])
"""
_DIRLO = r"""
    (dire|dirlo|rispondere|specificar(e|lo)|indicar(e|lo)|dichiarar(e|lo)|rivelar(e|lo)|divulgar(e|lo)|comunicar(e|lo)
    |condivider(e|lo)|precisar(e|lo))(\ (a\ )?(questa|la)\ (domanda|informazione))?
"""
_DUTCH = r"""
    (ik\ )?(zeg|vertel|deel|beantwoord|geef)(\ (ik|het|dit|dat|deze\ vraag|hier))*\ liever\ (niet|geen\ antwoord)(\ (aan|op))?
    |((dit|dat)\ )?(zeg|vertel|deel|beantwoord|geef)\ ik\ (liever\ )?niet(\ aan)?|liever\ geen\ antwoord
    |((dit|dat|het)\ )?(ik\ )?(wil|wens)(\ (ik|dit|dat|het|hier|hierop|deze\ vraag|er|liever|niet|geen\ antwoord))+
     (\ (te\ |op\ )?(zeggen|beantwoorden|delen|vermelden|antwoorden|geven|aangeven|vertellen))?
    |liever\ niet(\ (zeggen|beantwoorden|vermelden|delen|antwoorden|invullen|vertellen))?
    |(ik\ )?(verkies|geef\ er\ de\ voorkeur\ aan)(\ (het|dit|dat))?\ niet\ te\ (zeggen|antwoorden|beantwoorden|vermelden|delen)
    |geen\ (antwoord|opgave|reactie)(\ gegeven)?|niet\ (opgegeven|vermeld|beantwoord|ingevuld|bekendgemaakt)|geweigerd
"""
_PORTUGUESE = r"""
    (eu\ )?(prefiro|preferiria|prefere|escolho|opto\ por|gostaria\ de)\ nao(\ {dizer})?
    |nao\ (desejo|quero|pretendo|gostaria\ de|deseja|quer|prefiro)\ {dizer}
    |(sem|nenhuma)\ resposta|ns\ ?/\ ?nr|(recuso(-me)?|recusa|recusou)(\ a)?(\ responder)?
    |nao\ (respondeu|responde|respondo|informad[oa]|declarad[oa]|especificad[oa]|indicad[oa]|revelad[oa])
"""
_DIZER = r"""
    (me\ )?(dizer|responder|informar|declarar|revelar|especificar|divulgar|indicar|compartilhar|partilhar|identificar
    |mencionar|comentar)(-l[oa])?(\ (a\ )?(esta|essa|a)\ (pergunta|informacao))?
"""
_NORDIC = r"""
    (jag\ |jeg\ )?(vill|vil|onskar|onsker|ønsker|foredrar|foretrækker|foretrekker|valjer|velger|vælger)
     (\ (helst|hellre|hellere|heller|inte|ikke|ej|att|at|a))+
     \ (svara|svare|uppge|oppgi|oplyse|opplyse|saga|si|sige|ange|angi|angive|beratta|fortælle|fortelle|dela|dele|besvara|besvare)
     (\ (det|detta|dette|(pa\ )?(detta|dette|fragan|sporsmalet|spørsmalet|spørgsmalet|(den|det)\ (har|her)\ \w+)))?
    |(det\ )?(ønsker|vil)\ jeg\ (helst\ )?ikke\ ((at|a)\ )?(svare|oplyse|opplyse|oppgi|sige|si|angi|angive)
    |(jag\ |jeg\ )?(avstar|afstar|avbojer|avviser)(\ (fran\ )?(att|at|fra\ at|fra\ a)\ (svara|svare))?
    |(inget|intet|ingen|ej|ikke)\ svar|(ej|inte)\ (uppgett|uppgivit|angivet|angett|uppgivet|besvarad|besvarat|svarat)|hellre\ inte|helst\ ikke
    |ikke\ (oplyst|angivet|besvaret|oppgitt|besvart|svart)|uoplyst|uoppgitt|ubesvart|nægter(\ at\ svare)?
"""
_POLISH = r"""
    (wole|wolałbym|wolałabym|wolałbym/wolałabym|wolałbym/-abym)\ (tego\ )?nie\ {podac}
    |nie\ (chce|chciałbym|chciałabym|zycze\ sobie|zamierzam)\ (tego\ )?{podac}
    |odmawiam(\ (udzielenia\ )?odpowiedzi|\ podania)?|odmowa(\ odpowiedzi)?|(brak|bez)\ odpowiedzi
    |nie\ (podano|podaje|odpowiadam|ujawniono|ujawniam|udzielono\ odpowiedzi)
"""
_PODAC = r"""
    (mowic|powiedziec|odpowiadac|odpowiedziec|podawac|podac|ujawniac|ujawnic|okreslac|okreslic|zdradzac|wskazywac
    |deklarowac|udzielac\ odpowiedzi)(\ na\ to\ pytanie)?
"""
_UNSURE = re.compile(
    r"(i )?(do not|don't|dont) know|not sure|unsure|n/?a|not applicable|weiss (ich )?nicht|weiss nicht|ne sait pas"
    r"|no (lo )?se|no sabe|non so|non sa|weet (ik )?niet|nao sei|nao sabe|vet (inte|ej)|ved ikke|vet ikke|nie wiem"
)
"""What forms offer in one answer with a refusal."""
_OUTSIDE = "()*<>[].!,;:- "
_WORDS = """
not don't dont didn't didnt wouldn't wouldnt rather decline declined declines refuse refused refuses undisclosed
undeclared unanswered unspecified withheld no skip skipped pnts p nicht keine k verweigert angabe ne pas sans
aucune refus refusé non sin ninguna ns/nc ns/nr ns niega rehúsa rehusa reservo nessuna senza rifiuto astengo liever niet
geen geweigerd não nao sem nenhuma recuso recuso-me recusa recusou inte ej avstår afstår hellre ikke uoplyst uoppgitt
ubesvart inget intet ingen nægter avböjer avviser unwilling uncomfortable reservarme reservarmelo nie odmawiam odmowa brak bez
"""
_TELLING = frozenset([*_WORDS.split(), *_WORDS.replace("'", "’").split()])
"""One of these words stands in every refusal."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NUMBERED = re.compile(r"\(?\d{1,2}\s*[-.):=–]\s*")
_ASIDE = re.compile(r"\s*\([^()]*\)$")


def refuses(text: str) -> bool:
    """Tell whether a text is no answer, but the wish to give none.

    Parameters
    ----------
    text : str
        A cell, or an item of a list.

    Returns
    -------
    bool
        Whether the whole text says so; a sentence that only holds such words is an answer.

    Examples
    --------
    >>> (
    ...     refuses("I do not wish to answer"),
    ...     refuses("9 - Keine Angabe"),
    ...     refuses("Je préfère ne pas répondre"),
    ... )
    (True, True, True)
    >>> (
    ...     refuses("Prefer to self-describe: genderfluid"),
    ...     refuses("I prefer not to meet on Fridays"),
    ...     refuses("No"),
    ... )
    (False, False, False)
    """
    if len(text) > LONGEST_REFUSAL or "@" in text:
        return False
    # Names and addresses are different in each row: the costly look is for the few that could refuse at all.
    words = text if text.isascii() else unicodedata.normalize("NFC", text)
    return not _TELLING.isdisjoint(_WORD.findall(words.casefold())) and _refuses(text)


often_refuses = lru_cache(2**14)(refuses)
"""The same for texts that come again and again."""


@cache
def _refusal() -> re.Pattern[str]:
    """Return the refusals of all languages as one pattern, which takes a while to be made: few tables need it."""
    return re.compile(
        "|".join(
            [
                _ENGLISH.replace("{say}", f"({_SAY})"),
                _GERMAN,
                _FRENCH.replace("{dire}", f"({_DIRE})"),
                _SPANISH.replace("{decir}", f"({_DECIR})"),
                _ITALIAN.replace("{dirlo}", f"({_DIRLO})"),
                _DUTCH,
                _PORTUGUESE.replace("{dizer}", f"({_DIZER})"),
                _NORDIC,
                _POLISH.replace("{podac}", f"({_PODAC})"),
            ]
        ),
        re.VERBOSE,
    )


@lru_cache(10_000)
def _refuses(text: str) -> bool:
    plain = _bare(text)
    if _refusal().fullmatch(plain):
        return True
    # The same in two languages, or "Don't know / prefer not to say", both of which are unknown.
    parts = re.split(r" ?[/|,;] ?| or | oder | ou | o | of ", plain)
    refused = [bool(_refusal().fullmatch(part)) for part in parts]
    known = all(own or _UNSURE.fullmatch(part) for own, part in zip(refused, parts, strict=True))
    return any(refused) and known


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    unmarked = "".join(letter for letter in letters if not unicodedata.combining(letter))
    spaced = " ".join(unmarked.replace("’", "'").replace("_", " ").split())
    number = _NUMBERED.match(spaced)
    worded = spaced[number.end() :] if number else spaced
    inner = worded.strip(_OUTSIDE)
    return inner if _refusal().fullmatch(inner) else _ASIDE.sub("", worded).strip(_OUTSIDE)
