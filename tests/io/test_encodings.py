"""Encodings: a text is read right, or refused with a word in both readings and the lines that settle it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from rmatch import InvalidInputError
from rmatch.io import read_table
from rmatch.io.tables import encodings
from rmatch.io.tables.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = (
    *(
        "Müller, José, Zoë, Renée, Åsa, Søren",
        "Nowak Łukasz, Wiśniewski, Kraków",
        "João, São Paulo, coração",
    ),
    *(
        "Škoda, Dvořák, Novák",
        "François, Hélène, Benoît",
        "Đorđe Kovačević",
        "Ørsted, Århus",
        "Jürgen Groß, Äpfel",
    ),
    *(
        "Çağlar, Şişli, Y\u0131lmaz",
        "Ελένη Παππά",
        "Київ Одеса",
        "Москва Иванов",
        "Weiß",
        "Übung",
        "Größe in m²",
    ),
    *(
        "Peña – Gómez",
        "l’été",
        "“Führung”",
        "Müller",
        "Bjørn",
        "Łódź",
        "Győr",
        "Çelik",
        "Renée",
        "Ștefan",
    ),
)
SINGLE = (
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "mac_roman",
    "iso8859_2",
    "mac_latin2",
    "koi8_r",
)


def text(name: str) -> str:
    return f'id,site\n1,"{name}"\n'


def site(data: bytes, encoding: str = "") -> str:
    return str(read_table(data, Layout(encoding=encoding)).columns["site"][0])


def site_or_error(data: bytes) -> str:
    try:
        return site(data)
    except InvalidInputError as error:
        return str(error)


def twice(data: str) -> bytes:
    """Save a text as UTF-8, read it as a program of Windows does, and save it again."""
    through = "".join(
        bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in data.encode()
    )
    return through.encode()


@pytest.mark.parametrize("encoding", SINGLE)
def test_no_name_is_read_wrong(encoding: str) -> None:
    read = 0
    for name in NAMES:
        try:
            data = text(name).encode(encoding)
        except UnicodeEncodeError:
            continue
        assert site(data, encoding) == name
        told = site_or_error(data)
        assert told == name or 'encoding = "' in told
        read += told == name
    assert read


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark(name: str, encoding: str) -> None:
    assert site(text(name).encode(encoding)) == name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("other", "written"), [("utf-7", lambda data: data.encode("utf-7")), ("utf-8-twice", twice)]
)
def test_two_readings_are_settled_by_the_lines_of_the_message(
    name: str, other: str, written: Callable[[str], bytes]
) -> None:
    data = written(text(name))
    with pytest.raises(InvalidInputError, match=r"\? both are words") as caught:
        site(data)
    first, second = re.findall(r'encoding = "([^"]+)"', str(caught.value))
    assert (first, second) == ("utf-8", other)
    assert site(data, second) == name
    if other == "utf-7":
        assert site(data, first) == data.decode().split('"')[1]


def test_one_word_tells_that_a_file_was_not_saved_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    byte_of = encodings._byte_of

    def counted(letter: Any) -> Any:
        asked.append(letter)
        return byte_of(letter)

    monkeypatch.setattr(encodings, "_byte_of", counted)
    told, _ = encodings.decoded(("Zoë;Müller\n" * 1_000).encode(), "people.csv")
    assert told == "Zoë;Müller\n" * 1_000
    assert asked == ["ë"]  # letter by letter, a hundred thousand people would take ten seconds


@pytest.mark.parametrize(
    "name",
    [
        "+49 170 1234567",
        "C++",
        "R+D",
        "A+",
        "1+1=2",
        "+",
        "Q+A, R+D",
        "+4917012345",
        "B2B+B2C",
        "a+bc",
    ],
)
def test_a_plus_is_a_plus(name: str) -> None:
    assert site(text(name).encode()).lstrip("'") == name


@pytest.mark.parametrize("name", ["Ã", "São Tomé Â", "Ærø", "Å", "ÄÖÜ", "Ñandú", "Ðorður"])
def test_capitals_with_accents_are_no_damage(name: str) -> None:
    assert site(text(name).encode()) == name


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1253", "Γιώργος Ελένη διοίκηση στρατηγική"),
        ("cp1254", "Çağla Şahin İbrahim ilişkileri ağ"),
        ("cp1251", "Дмитрий страхование стратегия структура"),
        ("koi8_r", "Дмитрий страхование стратегия структура"),
        ("cp866", "Дмитрий страхование стратегия структура"),
    ],
)
def test_words_full_of_consonants_are_words(encoding: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_bytes(
        ("id;name\n" + "".join(f"1;{each}\n" for each in words.split())).encode(encoding)
    )
    assert list(read_table(path).columns["name"]) == words.split()
