"""Refusals: whoever would rather not answer has given none, in whatever language the form was."""

from __future__ import annotations

from typing import Any

import pytest

from rmatch.io import read_people
from rmatch.io.cells import refusals
from rmatch.io.cells.refusals import refuses
from rmatch.people import Person

REFUSALS = {
    "English": """Prefer not to say|prefer not to answer|I do not wish to answer|Decline to Self Identify|I don’t wish to answer|
        I'd rather not say|Rather not say|I choose not to disclose|Declined|Not disclosed|No answer|no response|
        Prefer not to disclose my gender|Prefer not to self-identify|(Prefer not to say)|9. Prefer not to say|Refused|
        I do not want to answer|Decline to state|prefer_not_to_say|I would prefer not to answer|Information not provided|
        Prefer not to say (PNTS)|Choose Not to Disclose""",
    "German": """Keine Angabe|keine Angaben|k. A.|k.A.|Möchte ich nicht sagen|Ich möchte dazu keine Angabe machen|
        Ich möchte diese Frage nicht beantworten|Ich ziehe es vor, nicht zu antworten|Antwort verweigert|Das möchte ich nicht sagen|
        Will ich nicht sagen|Möchte ich lieber nicht angeben|9 - Keine Angabe""",
    "French": """Je préfère ne pas répondre|Préfère ne pas le dire|Ne souhaite pas répondre|Je ne souhaite pas le préciser|
        Ne se prononce pas|Sans réponse|Non précisé|Je préfère ne pas me prononcer""",
    "Spanish": "Prefiero no decirlo|Prefiero no responder|No deseo contestar|Sin respuesta|NS/NC|Prefiero no especificar",
    "Italian": "Preferisco non rispondere|Preferisco non dirlo|Non desidero rispondere|Nessuna risposta|Preferisco non dichiarare",
    "Dutch": "Zeg ik liever niet|Wil ik niet zeggen|Liever niet zeggen|Ik zeg het liever niet|Geen antwoord|Dat zeg ik liever niet",
    "Portuguese": "Prefiro não dizer|Prefiro não responder|Não desejo responder|Prefiro não me identificar|Sem resposta",
    "Swedish": "Vill inte svara|Vill ej uppge|Föredrar att inte svara|Jag vill helst inte svara|Inget svar|Jag avstår från att svara",
    "Danish": "Vil ikke svare|Ønsker ikke at oplyse|Foretrækker ikke at svare|Vil helst ikke sige|Ikke oplyst|Intet svar",
    "Norwegian": "Ønsker ikke å svare|Ønsker ikke å oppgi|Foretrekker å ikke svare|Vil ikke oppgi",
    "Polish": "Wolę nie mówić|Wolę nie odpowiadać|Nie chcę podawać|Odmawiam odpowiedzi|Brak odpowiedzi|Wolę nie podawać",
    "Czech": """Nechci odpovědět|Raději neuvádět|Nepřeji si odpovídat|Odmítám odpovědět|Bez
        odpovědi|Neuvedeno|Nechci uvést""",
    "Slovak": "Neprajem si odpovedať|Radšej neodpovedať|Nechcem odpovedať|Odmietam odpovedať",
    "Finnish": "En halua vastata|En halua kertoa|En halua sanoa|Mieluummin en vastaa|Ei vastausta",
    "Turkish": """Belirtmek istemiyorum|Söylemek istemiyorum|Cevap vermek istemiyorum|Yanıtlamak
        istemiyorum|Belirtmemeyi tercih ederim|Yanıt yok""",
    "Hungarian": """Nem kívánok válaszolni|Nem szeretném megadni|Inkább nem válaszolok|Nincs válasz|Nem
        szeretnék válaszolni""",
    "Romanian": "Prefer să nu răspund|Prefer să nu spun|Nu doresc să răspund|Fără răspuns|Refuz să răspund",
    "Welsh": "Gwell gennyf beidio â dweud|Mae'n well gen i beidio dweud",
    "Croatian": "Ne želim odgovoriti|Radije ne bih odgovorio|Bez odgovora",
    "Catalan": "Prefereixo no respondre|Prefereixo no dir-ho",
    "Vietnamese": "Không muốn trả lời|Từ chối trả lời|Không muốn tiết lộ",
    "Indonesian": "Tidak ingin menjawab|Memilih untuk tidak menjawab|Lebih suka tidak mengatakan",
    "Russian": """Предпочитаю не отвечать|Не хочу отвечать|Предпочитаю не указывать|Отказываюсь отвечать|Нет
        ответа|Не указано""",
    "Ukrainian": "Не хочу відповідати|Волію не відповідати|Немає відповіді",
    "Bulgarian": "Предпочитам да не отговарям|Не желая да отговоря",
    "Greek": "Προτιμώ να μην απαντήσω|Δεν επιθυμώ να απαντήσω|Δεν απαντώ|Χωρίς απάντηση|Προτιμώ να μην πω",
    "Chinese": "不愿透露|不想回答|不愿意回答|拒绝回答|拒答|不願透露|選擇不回答|无回答|宁愿不说",
    "Japanese": "回答しない|回答したくない|答えたくない|無回答|回答を控える|回答を差し控えます|答えない|言いたくない",
    "Korean": "응답하지 않음|답변 거부|무응답|밝히고 싶지 않음|말하고 싶지 않음|응답을 원하지 않음|공개하지 않음",
    "Arabic": "أفضل عدم الإجابة|أفضل عدم القول|لا أرغب في الإجابة|لا أريد الإفصاح|أفضل ألا أقول",
    "Hebrew": "מעדיף שלא לענות|מעדיפה לא לומר|ללא תשובה",
    "Thai": "ไม่ต้องการตอบ|ไม่ประสงค์จะระบุ|ไม่ระบุ",
    "two": """Prefer not to say / Keine Angabe|Don't know / prefer not to say|Weiß nicht/keine Angabe|No sabe / no contesta|
        Ne sait pas, ne répond pas|Vet ej / vill ej svara|Not sure or prefer not to say|Nie wiem / odmowa odpowiedzi""",
    "more": """I choose not to self-disclose|I do not wish to provide this information|Not Declared|Prefer Not to Respond|
        I prefer to not say|Not willing to disclose|I'm not comfortable sharing|Ich möchte mich nicht äußern|Non-réponse|
        Prefiero reservarme la respuesta|Zeg ik niet|Liever geen antwoord|Avböjer att svara|Inte uppgett|
        Det ønsker jeg ikke at oplyse|Wolałbym/wolałabym nie mówić|Nie chcę tego ujawniać|Wolę tego nie podawać|
        Je ne souhaite pas répondre à cette question""",
}
ANSWERS = """No|None|Nein|Non|Prefer to self-describe: genderfluid|Prefer to self-describe|Non-binary|Nicht-binär|Not sure|Other|
    I prefer not to meet on Fridays|No code tools|Negotiation|Woman|Data, not dashboards|Inte|Ej|Keine|Two or more races|Refugee|
    No religion|I do not have a disability|Don't know|Not sure|Man or woman|Other / not listed|No, not a carer|
    Not comfortable with Excel|I want to answer questions|Not Hispanic or Latino|Ich will|Jag vill|Ikke binær|Ich möchte mehr Python|No fixed site|Нет|いいえ|아니요|لا|不|Ei|Nem|Nu|Не работаю по пятницам|无障碍设计|Nechci pracovat v pátek|
    無線通信|未来学|안전 관리|Nezávislý|Неонатология|非営利|不動産|Není členem|En|Nemocnice|Ei sukupuolta"""


def phrases(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split("|")]


@pytest.mark.parametrize("language", REFUSALS)
def test_forms_offer_a_refusal(language: str) -> None:
    missed = [phrase for phrase in phrases(REFUSALS[language]) if not refuses(phrase)]
    assert not missed
    assert all(refuses(phrase.upper()) for phrase in phrases(REFUSALS[language]))


def test_an_answer_is_none() -> None:
    assert [phrase for phrase in phrases(ANSWERS) if refuses(phrase)] == []


def staff(**cells: Any) -> list[dict[str, Any]]:
    return [
        {"id": "m1", "role": "mentor", **cells},
        {"id": "L1", "role": "mentee", **dict.fromkeys(cells)},
    ]


def test_common_answers_are_told_without_the_pattern_of_all_languages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(refusals, "_refusal", lambda: pytest.fail("it takes a while to be made"))
    for answer in ("No", "no disability", "Non-binary", "no-code apps:4", "No religion", "Nothing"):
        assert not refuses(answer)


@pytest.mark.parametrize(
    "text",
    [
        "9-refused",
        "No contesta",
        "no comment",
        "Non-réponse",
        "Prefiero no",
        "No, thanks",
        "Skip",
        "NSP",
        "Prefer not to disclose / unknown",
        "Keine Angabe / unbekannt",
    ],
)
def test_a_word_that_tells_is_found(text: str) -> None:
    assert refuses(text)


@pytest.mark.parametrize(
    ("field", "unknown"),
    [
        ("name", None), ("email", None), ("level", None), ("department", None), ("site", None), ("time_zone", None),
        ("hours", None), ("mentor_capacity", None), ("languages", ()), ("offers", {}), ("wants", {}), ("extra:club", None),
    ],
)  # fmt: skip
def test_a_refusal_is_unknown_in_every_field(field: str, unknown: Any) -> None:
    read = read_people(staff(**{field: "I'd rather not say"}))
    person = read.person(0)
    known = person.extra.get("club") if field == "extra:club" else getattr(person, field)
    assert known == unknown
    assert read.notes == (f"the list: refusals to answer count as unknown: 1 in {field}",)


def test_a_refusal_among_items_is_dropped_and_counted() -> None:
    read = read_people(staff(languages="en; Keine Angabe"))
    assert read.person(0).languages == ("en",)
    assert read.notes == ("the list: refusals to answer count as unknown: 1 in languages",)


def test_a_refusal_in_quotes_or_with_a_meaning_is_an_answer() -> None:
    assert read_people(staff(site='"No answer"')).person(0).site == "No answer"
    mapping = {"columns": {"site": "site"}, "values": {"site": {"No answer": "North"}}}
    assert read_people(staff(site="No answer"), mapping=mapping).person(0).site == "North"


def test_what_python_says_is_read_as_it_is() -> None:
    person: Any = Person  # typed loosely: lists are read too
    people = [
        person(id="m1", role="mentor", name="Declined", site="No response", languages=["Keine Angabe"], offers=["Yes"]),
        person(id="L1", role="mentee", wants={"x": 2}, languages=["no"]),
    ]  # fmt: skip
    read = read_people(people)
    assert read.person(0).name == "Declined"
    assert read.person(0).site == "No response"
    assert read.person(0).languages == ("Keine Angabe",)
    assert read.person(0).offers == {"Yes": None}
    assert read.person(1).wants == {"x": 2}


def test_a_text_of_marks_alone_refuses_nothing() -> None:
    assert not refuses("\u0300")
