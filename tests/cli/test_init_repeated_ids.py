"""What `init` says of a column of ids in which somebody has two rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

STAFF = """\
Pers.-Nr.;Vorname;Nachname;E-Mail;Teilnahme als;Das kann ich weitergeben
00100;Ina;Vogt;ina.vogt@firma.example;Mentorin;Python
00107;Lars;Kurz;lars.kurz@firma.example;Mentee;
00114;Mia;Stein;mia.stein@firma.example;Mentorin;Kurzvideos
00100;Ina;Vogt;ina.vogt@firma.example;Mentorin;Kurzvideos
"""


def test_ids_of_which_one_has_two_rows_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "staff.csv").write_text(STAFF, "utf-8")
    main(["init", "staff.csv"])
    mapping = (tmp_path / "mapping.toml").read_text("utf-8")
    assert '#id = "Pers.-Nr." # FILL IN: some of these ids have several rows' in mapping
    assert '#duplicates = { keep = "last" }' in mapping
