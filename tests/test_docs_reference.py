"""The reference of the documentation names every key, with its default, and what it shows as a file can be read."""

from __future__ import annotations

import inspect
import re
import shlex
import tomllib
from ast import AST, Assign, ClassDef, FunctionDef, Name, parse
from contextlib import suppress
from dataclasses import MISSING, Field, fields
from doctest import ELLIPSIS, OutputChecker
from importlib import import_module
from pathlib import Path
from shutil import copy
from sys import modules
from typing import TYPE_CHECKING, Any, get_args

import pytest

import rmatch
from rmatch.advice import Scenario
from rmatch.cli import main
from rmatch.criteria import BUILT_IN as CRITERIA
from rmatch.criteria import Dimension
from rmatch.io.mapping.keys import KEYS
from rmatch.io.mapping.translation import SIDES, translations
from rmatch.matching.export import Contact, pairs_table, people_table
from rmatch.rules import BUILT_IN as RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TUTORIAL = (ROOT / "docs" / "tutorial" / "from-an-export.md").read_text(encoding="utf-8")
EXPORT = ROOT / "examples" / "export"
REFERENCE = (ROOT / "docs" / "reference" / "programme.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
TABLES = {
    "The programme": rmatch.Programme,
    **{f"`criteria.{kind}`": item for kind, item in CRITERIA.items()},
    **{f"`rules.{kind}`": item for kind, item in RULES.items() if fields(item)},
}


def _section(heading: str) -> str:
    found = re.search(
        rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", REFERENCE, re.MULTILINE | re.DOTALL
    )
    assert found, f"no section {heading}"
    return found[1]


def _rows(text: str) -> list[list[str]]:
    lines = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line] for line in lines]


def _first_cells(heading: str) -> list[str]:
    return [name for row in _rows(_section(heading)) for name in re.findall(r"`([^`]+)`", row[0])]


def _default(field: Field[Any]) -> str:
    if field.name in {"criteria", "rules"}:
        return "see [below]"
    if field.default is MISSING:
        return "required" if field.default_factory is MISSING else "`{}`"
    if field.default is None:
        return "none"
    default = getattr(field.default, "kind", field.default)
    shown = {"()": "[]", "''": '""', "False": "false"}.get(repr(default), repr(default))
    return f"`{shown}`".replace("'", '"')


@pytest.mark.parametrize("heading", TABLES)
def test_every_key_stands_in_the_reference_with_its_default(heading: str) -> None:
    shown = [(row[0], row[2].partition("(")[0]) for row in _rows(_section(heading))]
    known = [(f"`{field.name}`", _default(field)) for field in fields(TABLES[heading])]
    if heading == "`criteria.diversity`":
        known += [(f"`{field.name}`", _default(field)) for field in fields(Dimension)]
    assert shown == known


def test_every_rule_without_keys_stands_in_the_reference() -> None:
    without = [f"rules.{kind}" for kind, item in RULES.items() if not fields(item)]
    assert sorted(_first_cells("Rules without keys")) == sorted(without)


def test_the_default_programme_is_the_one_in_the_reference() -> None:
    named = {
        (item.kind.replace("_", " "), str(item.weight)) for item in rmatch.Programme().criteria
    }
    stated = _section("Criteria").partition("Without any such table:")[2]
    assert set(re.findall(r"([a-z][a-z ]*?)\s(\d+)", stated.replace("\n", " "))) >= named
    for rule in rmatch.Programme().rules:
        assert f"`{rule.kind}`" in _section("Rules")


def test_the_columns_of_the_result_are_those_in_the_reference() -> None:
    matching = rmatch.match(rmatch.datasets.example())
    contacts: tuple[Contact, ...] = ("name", "email")
    assert _first_cells("Pairs") == list(pairs_table(matching, contacts)[0])
    people = _first_cells("People")
    assert people[:6] == list(people_table(matching, contacts)[0])
    assert {reason.code for reason in matching.unmatched} <= set(people[6:])


def test_the_exit_codes_are_those_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = re.findall(r"^  (\d+)  ", capsys.readouterr().out, re.MULTILINE)
    assert re.findall(r"^\| (\d+) \|", COMMANDS, re.MULTILINE) == told


def _documents() -> list[Any]:
    blocks = [
        (page, block)
        for page in PAGES
        for block in re.findall(
            r"^```toml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
        )
    ]
    return [
        pytest.param(block, id=f"{page.name}-{place}") for place, (page, block) in enumerate(blocks)
    ]


@pytest.mark.parametrize("block", _documents())
def test_every_toml_block_of_the_documentation_is_a_mapping_a_programme_or_a_scenario(
    block: str,
) -> None:
    document = tomllib.loads(block)
    if document.keys() <= {each.name for each in fields(Scenario)}:
        assert Scenario.of(document) != Scenario()
        return
    is_mapping = document.keys() <= {*KEYS, *SIDES} and not isinstance(document.get("levels"), list)
    if is_mapping:
        assert translations(document, SIDES if document.keys() & set(SIDES) else ())
    else:
        assert rmatch.read_programme(document).criteria


def _alike(shown: str, told: str) -> bool:
    pattern = re.sub(r"^ *…$", "...", shown, flags=re.MULTILINE)
    return OutputChecker().check_output(pattern, told, ELLIPSIS)


def test_the_result_at_the_top_of_the_readme_is_the_one_of_the_demonstration(
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = re.findall(r"^```text\n(.*?)^```", README, re.MULTILINE | re.DOTALL)[0]
    assert main(["demo"]) == 0
    assert _alike(f"…\n{shown}…\n", f"\n{capsys.readouterr().out}")


def test_the_tutorial_shows_the_files_of_the_examples() -> None:
    for name in ("staff.csv", "mapping.toml", "programme.toml"):
        text = (EXPORT / name).read_text(encoding="utf-8")
        assert (text if name.endswith("csv") else text.partition("\n\n")[2]) in TUTORIAL


@pytest.mark.parametrize(
    ("page", "commands"), [(README, 1), (TUTORIAL, 7)], ids=["readme", "tutorial"]
)
def test_the_commands_of_a_page_print_what_it_shows(
    page: str,
    commands: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    table = re.search(r"^```text\n(id,role,.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert table
    Path("people.csv").write_text(table[1], encoding="utf-8")
    copy(EXPORT / "staff.csv", tmp_path)
    shown = re.findall(r"^\$ rmatch ([^\n]*)\n(.*?)(?=^\$ |^```)", page, re.MULTILINE | re.DOTALL)
    assert len(shown) == commands
    for command, output in shown:
        if "--mapping" in command:
            for name in ("mapping.toml", "programme.toml"):
                copy(EXPORT / name, tmp_path)
        assert main(shlex.split(command)) == 0
        captured = capsys.readouterr()
        assert _alike(output, captured.out + captured.err), command


GLOSSARY = (ROOT / "docs" / "reference" / "glossary.md").read_text(encoding="utf-8")
RECIPES = [
    (ROOT / "docs" / "how-to" / f"add-{what}.md").read_text(encoding="utf-8")
    for what in ("a-criterion", "a-rule", "an-objective")
]
DEFINED = re.compile(r"((?:`[\w.]+`(?:, | and )?)+) in `([\w/]+\.py)`")


def _defined(file: Path) -> set[str]:
    """Return the names that a module defines, and those of its classes with the class before them."""
    found = set()
    for node in parse(file.read_text(encoding="utf-8")).body:
        for name in _names(node):
            found |= {name, *(f"{name}.{own}" for each in _inside(node) for own in _names(each))}
    return found


def _inside(node: AST) -> list[Any]:
    return node.body if isinstance(node, ClassDef) else []


def _names(node: AST) -> list[str]:
    if isinstance(node, ClassDef | FunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, Assign) else [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, Name)]


@pytest.mark.parametrize(("names", "file"), sorted(set(DEFINED.findall(GLOSSARY))))
def test_a_noun_of_the_glossary_is_defined_where_it_says(names: str, file: str) -> None:
    assert set(re.findall(r"`([\w.]+)`", names)) <= _defined(ROOT / "src" / "rmatch" / file)


def test_every_noun_of_the_glossary_has_a_file() -> None:
    rows = re.findall(r"^\| (.*?) \| .* \| (.*) \|$", GLOSSARY, re.MULTILINE)
    nouns = {noun: where for noun, where in rows if noun not in {"noun", "question"}}
    assert len(nouns) > 50
    assert not [noun for noun, where in nouns.items() if not DEFINED.search(where)]


@pytest.mark.parametrize("recipe", RECIPES, ids=["criterion", "rule", "objective"])
def test_a_recipe_names_files_that_are_there(recipe: str) -> None:
    named = set(re.findall(r"`((?:src|tests|docs)/[\w/.-]+)`", recipe))
    made = {"src/rmatch/criteria/same_site.py"}
    assert len(named) > 5
    assert not [name for name in named - made if not (ROOT / name).exists()]


API = "".join(
    page.read_text(encoding="utf-8")
    for page in [
        *sorted((ROOT / "docs" / "reference" / "api").glob("*.md")),
        ROOT / "docs" / "reference" / "laws.md",
    ]
)
ENTRY = re.compile(
    r"^ *\.\. (py:currentmodule|auto\w+):: (\S+)(?:\n *:members:(.*))?", re.MULTILINE
)


def _documented() -> dict[str, list[str] | None]:
    """Return the full names that the pages describe, each with its members, all of them where that is `None`."""
    home = "rmatch"
    found: dict[str, list[str] | None] = {}
    for kind, name, listed in ENTRY.findall(API):
        members = listed.replace(" ", "").split(",") if listed.strip() else None
        if kind == "py:currentmodule":
            home = name
        elif kind == "automodule":
            home = name
            own = members or getattr(import_module(name), "__all__", [])
            found |= dict.fromkeys(f"{name}.{each}" for each in own)
        else:
            found[name if "." in name else f"{home}.{name}"] = members
    return found


DOCUMENTED = _documented()


def test_the_reference_of_names_goes_through_faces_alone() -> None:
    hidden = []
    for name in DOCUMENTED:
        room, _, own = name.rpartition(".")
        inner = room.count(".") > 1 and not room.startswith("rmatch.testing.")
        if inner or own not in dir(import_module(room)):
            hidden.append(name)
    assert not hidden


def test_every_name_of_the_package_has_a_page() -> None:
    rooms = {name.partition(".")[2].partition(".")[0] for name in DOCUMENTED}
    assert set(rmatch.__all__) <= {name.rpartition(".")[2] for name in DOCUMENTED} | rooms


INSIDE = {
    *(
        "Answer",
        "Bottleneck",
        "Network",
        "Rounded",
        "SemiMatching",
        "Start",
        "StoredPoints",
        "TierProof",
    ),  # of a solution
    *("Availability", "Terms"),  # of a cohort
    *("Earlier", "Message", "Player", "StoppingRule", "Unit"),  # of a round
    "Figures",  # the base of both kinds of choices
}
"""What stands in hints and nobody needs to make or read."""


def _thing(name: str) -> Any:
    room, _, own = name.rpartition(".")
    return getattr(import_module(room), own)


PUBLIC = {name.rpartition(".")[2]: _thing(name) for name in DOCUMENTED}


def _resolved(thing: Any) -> Iterator[Any]:
    """Go through the hints of a function, or of the fields that a class has of its own; tests/test_hints.py misses none."""
    module = modules.get(thing.__module__)
    for name, hint in inspect.get_annotations(thing).items() if module else ():
        if not name.startswith("_"):
            with suppress(NameError):
                yield eval(hint, PUBLIC | vars(module)) if isinstance(hint, str) else hint


def _hints(thing: Any, members: list[str] | None) -> Iterator[Any]:
    """Go through the hints of a function, or of the fields and described members of a class."""
    if not inspect.isclass(thing):
        yield from _resolved(inspect.unwrap(thing))
        return
    for base in thing.__mro__:
        if base.__module__.startswith("rmatch"):
            yield from _resolved(base)
    for name in members or dir(thing):
        member = inspect.getattr_static(thing, name, None)
        called = getattr(member, "fget", None) or getattr(member, "func", member)
        called = inspect.unwrap(getattr(called, "__func__", called))
        if name[0] != "_" and inspect.isfunction(called):
            yield from _resolved(called)


def _types(hint: Any) -> Iterator[type]:
    """Go through the public types of rmatch in a hint."""
    if inspect.isclass(hint) and hint.__module__.startswith("rmatch") and hint.__name__[0] != "_":
        yield hint
    for part in get_args(hint):
        for each in part if isinstance(part, list) else [part]:
            yield from _types(each)


def test_every_type_that_a_public_name_is_given_or_hands_out_has_a_page() -> None:
    things = {name: _thing(name) for name in DOCUMENTED}
    described = {thing for thing in things.values() if inspect.isclass(thing)}
    missing = {
        (name, each.__qualname__)
        for name, members in DOCUMENTED.items()
        if inspect.isclass(things[name]) or inspect.isfunction(things[name])
        for hint in _hints(things[name], members)
        for each in _types(hint)
        if each not in described
        and each.__name__ not in INSIDE
        and not getattr(each, "_is_protocol", False)
    }
    assert sorted(missing) == []


def test_every_page_is_told_of_on_the_first() -> None:
    docs = ROOT / "docs"
    told = set(re.findall(r"\]\(([\w/-]+\.md)", (docs / "index.md").read_text(encoding="utf-8")))
    pages = {page.relative_to(docs).as_posix() for page in docs.glob("*/*.md")}
    included = {"explanation/benchmark-results.md"}
    assert pages - included <= told


CALLS = {name: getattr(rmatch, name) for name in rmatch.__all__} | {
    f"Matching.{name}": getattr(rmatch.Matching, name) for name in dir(rmatch.Matching)
}


def _hearers(keyword: str) -> dict[str, Callable[..., Any]]:
    """Return every public call with an argument of this name."""
    return {
        name: call
        for name, call in CALLS.items()
        if inspect.isfunction(call) and keyword in inspect.signature(call).parameters
    }


@pytest.mark.parametrize("keyword", ["progress", "cancel", "handle_signals"])
def test_every_call_describes_what_it_hears_in_the_same_words(keyword: str) -> None:
    """So that whoever knows one knows all; or it says that they are those of `rmatch.match`."""
    entry = re.compile(rf"^{keyword} : .*\n((?: .*\n)+)", re.MULTILINE)
    grouped = re.compile(rf"^\w.*\b{keyword}\b.*\n +As for :func:`rmatch.match`\.$", re.MULTILINE)
    texts = {name: inspect.getdoc(call) or "" for name, call in _hearers(keyword).items()}
    said = {name: entry.findall(text) for name, text in texts.items() if not grouped.search(text)}
    assert len(said) > 2
    assert {len(found) for found in said.values()} == {1}, said
    assert len({found[0] for found in said.values()}) == 1, said


@pytest.mark.parametrize("keyword", ["max_seconds", "progress", "cancel", "handle_signals"])
def test_the_page_on_limits_names_every_call_that_hears_them(keyword: str) -> None:
    page = (ROOT / "docs" / "how-to" / "limit-a-run.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", page, re.MULTILINE))
    named = rows["max_seconds"] if rows[keyword] == "the same" else rows[keyword]
    assert sorted(re.findall(r"`([\w.]+)`", named)) == sorted(_hearers(keyword))
