"""Rows that show how a form is filled in: they look like people, and are none."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from rmatch.utils.text import counted

if TYPE_CHECKING:
    from rmatch.io.crowd import Crowd

FEW = 20
_EXAMPLE = re.compile(
    r"\W*(?:e\.?g\.|z\. ?b\.|p\. ?ex\.|p\. ?ej\.|for example\b|zum beispiel\b|par exemple\b|por ejemplo\b).*"
    r"|\W*(?:examples?|samples?|dummy|beispiele?|muster|exemples?|ejemplos?|esempio|exemplo|voorbeeld|exempel|eksempel|przykład|priklad)"
    r"(?: (?:row|record|person|user|employee|entry|data|zeile|eintrag|person|ligne|fila|\d+))?\W*"
    r"|.*[(\[](?:an? )?(?:example|sample|dummy|beispiel|muster|exemple|ejemplo|esempio|exemplo|voorbeeld)[)\]]"
    r"|(?:(?:max|erika|maria) muster(?:mann|frau)|(?:john|jane) (?:doe|sample)|joe bloggs)\W*",
    re.IGNORECASE,
)


def example_notes(crowd: Crowd) -> list[str]:
    """Warn of rows whose id or name says that they are an example, with the line that drops the first of them."""
    ids = crowd.columns.get("id", ())
    names = crowd.columns.get("name", [None] * len(crowd))
    known = {text for text in dict.fromkeys((*ids, *names)) if text and _EXAMPLE.fullmatch(text)}
    if not known:
        return []
    both = enumerate(zip(ids, names, strict=True))
    rows = [row for row, (own, name) in both if own in known or name in known]
    where = ", ".join([*(crowd.row(row, "id") for row in rows[:FEW]), *["…"] * (len(rows) > FEW)])
    placed, _ = crowd.origins[rows[0]]
    header = json.dumps(placed.headers.get("id", "id"), ensure_ascii=False)
    wanted = json.dumps(ids[rows[0]], ensure_ascii=False)
    line = f"[table] drop = [{{ {header} = {{ equals = {wanted} }} }}]"
    some = counted(len(rows), "row")
    what = "looks like an example" if len(rows) == 1 else "look like examples"
    return [
        f"WARNING: {some} that {what} {'is' if len(rows) == 1 else 'are'} read as people: {where}; if so, say in a mapping: {line}"
    ]
