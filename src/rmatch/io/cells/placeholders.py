"""Place-holders: what stands in a cell where nobody has answered yet, in the languages that forms use."""

from __future__ import annotations

import re
from functools import cache

from rmatch.io.cells.dates import plain

LONGEST = 80
"""A longer text is an answer, whatever it begins with."""

# Texts in lower case without marks on letters, as `plain` has them; a bar stands between two.
_ALWAYS = """
tbd|t.b.d|tbc|t.b.c|tba|t.b.a|to be decided|to be determined|to be confirmed|to be announced|to be advised|to be defined
|to be discussed|to be agreed|to be filled|to be filled in|to be completed|to be assigned|to be added|to be provided
|n.a|na.|n/a|n. a|n/k|not applicable|does not apply|not known|not yet known|not available|not set|not yet set|not yet decided|not yet assigned
|not assigned|not decided yet|unassigned|undefined|unknown|null|<na>|nan|nil|no data|no information|no info|no value
|none selected|nothing selected|no selection|no option selected|missing|missing value|missing data|pending|awaiting
|awaiting confirmation|awaiting response|awaiting information|placeholder|redacted|confidential|anonymised|anonymized|masked
|no department|no team|no location|no site|no grade|n.n|nicht zugeordnet|keine zuordnung|keine abteilung|kein standort
|non affecte|non affectee|non assigne|non assignee|niet toegewezen|nieprzypisany|nieprzypisane
|unbekannt|nicht bekannt|noch nicht bekannt|noch unbekannt|nicht zutreffend|nicht anwendbar|entfallt|n.z|n.b|noch offen|noch zu klaren
|zu klaren|in klarung|wird geklart|noch festzulegen|noch nicht festgelegt|wird noch bekannt gegeben|wird noch bekanntgegeben|wird nachgereicht
|folgt noch|ausstehend|nicht vorhanden|nicht verfugbar|nicht definiert|keine daten|kein wert|keine auswahl|vertraulich|geschwarzt
|anonymisiert|platzhalter|steht noch nicht fest|bitte erganzen
|inconnu|inconnue|non connu|sans objet|non applicable|ne s'applique pas|s.o|non defini|non definie|a definir|a determiner|a confirmer
|a preciser|a completer|a renseigner|a venir|en attente|non disponible|donnee manquante|pas de donnees|aucune donnee
|aucune selection|confidentiel|confidentielle|caviarde|n.d|n.c
|desconocido|desconocida|no aplica|no aplicable|no procede|por definir|por determinar|por confirmar|por decidir|por asignar
|pendiente|pendiente de confirmar|pendiente de confirmacion|pendiente de definir|sin datos|sin dato|sin informacion|sin definir
|sin asignar|no disponible|no consta|no se sabe|confidencial|n/d|ningun dato
|sconosciuto|sconosciuta|non noto|non applicabile|da definire|da confermare|da determinare|da decidere|da completare|in attesa
|in sospeso|non disponibile|nessun dato|non definito|riservato
|desconhecido|desconhecida|nao aplicavel|nao se aplica|a confirmar|pendente|sem dados|sem informacao|nao disponivel
|nao definido|por preencher
|onbekend|niet bekend|nog niet bekend|niet van toepassing|n.v.t|nvt|nog te bepalen|n.t.b|ntb|nog onbekend|geen gegevens
|niet beschikbaar|in afwachting|vertrouwelijk
|okand|okant|ej kand|ej kant|ej tillampligt|inte tillampligt|ej aktuellt|uppgift saknas|saknas|bestams senare|ej bestamt
|ukendt|ubekendt|ukjent|ikke kendt|ikke kjent|ikke relevant|ikke aktuelt|ikke aktuell|afventer|mangler|ikke tilgængelig|fortroligt
|ikke bestemt|ikke fastsat
|tuntematon|ei tiedossa|ei tietoa|ei saatavilla|ei sovellu|ei maaritelty|puuttuu|vahvistetaan myohemmin
|nieznany|nieznana|nieznane|nie dotyczy|do ustalenia|do potwierdzenia|do uzupełnienia|brak danych|brak informacji|nie wiadomo
|neznamy|neznama|nezname|nevztahuje se|netyka sa|bude upresneno|bude doplneno|neni k dispozici|zatim nezname|nezadano
|ismeretlen|nem ismert|nem alkalmazhato|nincs adat|meghatarozando|fuggoben|nincs megadva
|necunoscut|necunoscuta|nu se aplica|nu este cazul|fara date|de stabilit|de confirmat|in asteptare|nespecificat
|bilinmiyor|bilinmeyen|uygulanamaz|gecerli degil|beklemede|belirlenecek|belli degil
|anhysbys|ddim yn berthnasol|i'w gadarnhau|nepoznato|nije primjenjivo|desconegut|no s'aplica|pendent
|неизвестно|неизвестен|неизвестна|не применимо|неприменимо|нет данных|нет информации|уточняется|будет уточнено|не определено
|не определен|ожидается|невідомо|не застосовується|немає даних|неизвестна стойност|няма данни
|αγνωστο|αγνωστοσ|δεν ισχυει|μη διαθεσιμο|χωρισ στοιχεια|εκκρεμει|δεν εφαρμοζεται
|未知|不详|不詳|待定|待确认|待確認|待补充|不适用|不適用|无数据|無數據|暂无|暫無|未填写|未填寫
|不明|未定|未決定|該当なし|該当せず|未記入|未入力|確認中|調整中|検討中
|미정|미상|알 수 없음|해당 없음|해당없음|미입력|미확인|확인 중
|غير معروف|غير متوفر|لا ينطبق|غير محدد|قيد الانتظار|לא ידוע|לא רלוונטי|ไม่ทราบ|ไม่เกี่ยวข้อง
|khong ap dung|khong biet|chua xac dinh|tidak berlaku|tidak diketahui|belum ditentukan
"""
"""What no grade, site, team, topic or answer is called."""
_FRAMED = """
none|nothing|empty|blank|value|select|select one|choose|choose one|pick|pick one|loading|no answer|default|any|all values|hidden|removed
|keine|keiner|keines|kein|leer|auswahl|auswahlen|wahlen|laden|ladt|wird geladen
|aucun|aucune|vide|choisir|selectionner|selection|chargement|chargement en cours
|ninguno|ninguna|vacio|vacia|en blanco|elegir|seleccionar|seleccione|cargando
|nessuno|nessuna|vuoto|scegli|seleziona|selezionare|caricamento|nenhum|nenhuma|vazio|selecionar|selecione|carregando|a carregar
|geen|leeg|kies|selecteer|ingen|inget|tom|valj|vælg|velg|laddar|indlæser|laster|valitse|tyhja|brak|puste|wybierz|ladowanie
|vyberte|prazdne|valasszon|betoltes|selectati|sec|seciniz|bos|yukleniyor|выберите|пусто|нет|загрузка|επιλεξτε|φορτωση
|请选择|請選擇|空|加载中|選択|読み込み中|선택|로딩 중|اختر|جار التحميل|dim|dewis
"""
"""What stands for nothing where a form has put marks around it, as in "--None--", "(blank)", "Loading…"."""
_NOUN = r"[^\d ]+"
_ASKING = (
    rf"(?:please |pls |kindly )?(?:select|choose|pick)(?: (?:an?|one|the|your|from|of|option|item|value|all|any))+(?: {_NOUN}){{0,2}}(?: that apply)?",
    r"(?:please|pls|kindly) (?:select|choose|pick|enter|fill|specify|type|indicate|provide|complete|state|update)\b.*",
    rf"(?:enter|type|insert|add|fill in|write) (?:(?:an?|the|your|some|text|here|value) ?)+(?:{_NOUN})?|click (?:or tap )?(?:here|to)\b.*",
    r"(?:your|ihre?|votre|su|tu|uw) (?:answer|response|text|antwort|reponse|respuesta|antwoord)(?: here| hier| ici)?",
    r"bitte\b.{0,40}(?:wahlen|auswahlen|angeben|ausfullen|eintragen|eingeben|erganzen)(?: sie\b.*)?|(?:bitte )?wahlen sie\b.*",
    r"(?:eintrag|option|wert|element|antwort) (?:aus)?wahlen|hier (?:text )?eingeben|klicken (?:oder tippen )?sie hier\b.*",
    r"(?:veuillez|merci de|priere de) (?:choisir|selectionner|preciser|saisir|renseigner|indiquer|completer)\b.*",
    r"(?:choisir|choisissez|selectionner|selectionnez|selectionne) (?:une?|votre|dans|parmi) .*|cliquez (?:ou appuyez )?ici\b.*",
    r"(?:por favor,? )?(?:seleccione|selecciona|seleccionar|elija|elige|elegir|escoja) (?:una?|su|tu|la|el|de) .*|haga clic\b.*",
    r"por favor,? (?:seleccione|elija|selecione|escolha|indique|especifique)\b.*",
    r"(?:si prega di |per favore,? )?(?:seleziona|selezionare|scegli|scegliere) (?:una?|un'|il|la|dall'?) ?.*|fare clic\b.*",
    r"(?:por favor,? )?(?:selecione|seleccione|escolha) (?:uma?|o|a|sua|seu) .*",
    r"maak (?:een|uw|je) keuze|(?:kies|selecteer) (?:een|uw|je) .*",
    r"(?:valj|vælg|velg) (?:ett?|en|dit|ditt|din|fran|fra) .*|(?:var god|vennligst|venligst) (?:valj|velg|vælg)\b.*",
    r"(?:prosze )?(?:wybierz|wybrac)(?: .*)?|(?:prosim,? )?vyberte(?: .*)?|valitse(?: .*)?|(?:kerjuk,? )?valasszon\b.*",
    r"(?:va rugam,? (?:sa )?)?(?:selectati|alegeti)\b.*|(?:lutfen )?(?:bir .*)?seciniz|lutfen secin|dewiswch\b.*|molimo odaberite\b.*",
    r"(?:пожалуи?ста,? )?(?:выберите|укажите|виберіть|изберете)(?: .*)?|επιλεξτε(?: .*)?",
    r"[请請](?:选择|選擇|填写|填寫).*|.*選択して(?:ください|下さい)|お?選び(?:ください|下さい)|.*선택(?:하세요|해 ?주세요|하십시오)|(?:الرجاء |يرجى )?(?:اختر|اختيار|تحديد)\b.*",
)
"""How forms ask for an answer, in the place where it should stand."""
_VERBS = """
please pls kindly select choose pick enter type insert add fill write click your ihr ihre votre su tu uw bitte wahlen auswahlen
eingeben klicken veuillez merci priere choisir choisissez selectionner selectionnez selectionne cliquez favor seleccione selecciona
seleccionar elija elige elegir escoja haga prega seleziona selezionare scegli scegliere fare selecione escolha keuze kies selecteer
valj vælg velg var vennligst venligst prosze wybierz wybrac prosim vyberte valitse kerjuk valasszon rugam selectati alegeti
lutfen seciniz dewiswch molimo
"""
"""One of these words stands in every such text in Latin letters."""
_TEMPLATES = (
    r"<[^<>@\d]+>|\{[^{}]+\}|\{\{.+\}\}|\$\{.+\}|\[\[.+\]\]|%{1,2}[a-z_ ]+%{1,2}|«.+»|_{3,}"
)
"""What a template has where a value should have been written."""
_FRAME = "-=_~*.<>[](){}|:!? "
_NEVER = re.compile(r"[\d@]")
_ASKS = frozenset(_VERBS.split())
_BEYOND_LATIN = "\u0370"
_OPENS = re.compile(r"[<\[({*|]|[-=_~.]{2}|- ?(?=.* ?-$)")


def holds_place(text: str) -> bool:
    """Tell whether a text stands where an answer should be, and is none.

    Parameters
    ----------
    text : str
        A cell, or an item of a list.

    Returns
    -------
    bool
        Whether the whole text does; in double quotes it is taken as it stands.

    Examples
    --------
    >>> [holds_place(text) for text in ("TBD", "-- select --", "Bitte wählen", "Loading...", "[x]")]
    [True, True, True, True, False]
    >>> [holds_place(text) for text in ("None", "--None--", "Select committee", "Loading bay")]
    [False, True, False, False]
    """
    # Names, ids and addresses are different in each row: the costly look is for the few that could be more.
    if not text or len(text) > LONGEST or text[0] == '"' or _NEVER.search(text):
        return False
    always, framed, asking, templates = _words()
    bare = " ".join(text.casefold().split()) if text.isascii() else plain(text)
    if not bare:  # nothing but marks that stand on letters
        return False
    inner = bare.strip(_FRAME)
    if bare in always or inner in always:
        return True
    asks = max(bare) >= _BEYOND_LATIN or not _ASKS.isdisjoint(inner.replace(",", "").split())
    if (asks and asking.fullmatch(inner)) or (bare[0] in "<{$[%«_" and templates.fullmatch(bare)):
        return True
    return inner in framed and (_OPENS.match(bare) is not None or bare.endswith("..."))


@cache
def _words() -> tuple[frozenset[str], frozenset[str], re.Pattern[str], re.Pattern[str]]:
    """Return what place-holders say, compared as :func:`plain` has it."""
    always, framed = (
        frozenset(plain(each) for each in words.replace("\n", "").split("|") if each)
        for words in (_ALWAYS, _FRAMED)
    )
    asking = re.compile("|".join(map(plain, _ASKING)))
    return always, framed, asking, re.compile(_TEMPLATES)
