"""How many columns of foreign tables ``rmatch init`` reads right without an edit, and whether it is ever wrong in silence.

Each table stands beside a mapping that is right. A column is *right* if what init writes reads it as that field, or leaves
it alone where the mapping does; it is *asked* if init puts it under CHECK, *missed* if init leaves it alone, and *wrong* if
init reads it as another field and does not ask. Run it with ``python benchmarks/init_fields.py``.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings

from rmatch.cli.guess import draft
from rmatch.datasets import example
from rmatch.errors import InvalidInputError
from rmatch.io import column_of, read_table, slots_in, taken_as_right
from rmatch.testing.strategies import Export, exports

ROOT = Path(__file__).parents[1]
TABLES = Path(__file__).with_suffix(".toml")
CASES = ROOT.parent / "shared" / "data"
NUMERIC = {"at_least", "at_most"}
DIALECTS = 60
FIELDS = ("columns", "option_columns", "ranks", "levels_by", "roles")
OUTCOMES = ("right", "asked", "missed", "wrong")

Fields = dict[str, set[str]]


def fields_in(document: Mapping[str, Any], headers: list[str]) -> Fields:
    """Return the fields that a mapping reads from each header."""
    found: Fields = defaultdict(set)
    for name, source in document.get("columns", {}).items():
        for header in [source] if isinstance(source, str) else source:
            found[header].add("extra" if name.startswith("extra:") else name.partition(":")[0])
    for name, columns in document.get("option_columns", {}).items():
        for header in columns:
            found[header].add(name)
    for name, columns in document.get("ranks", {}).items():
        for header in columns:
            found[header].add(name)
    for name, header in document.get("levels_by", {}).items():
        found[header].add(name)
    for name, columns in document.get("wishes", {}).items():
        for header in [columns] if isinstance(columns, str) else columns:
            found[header].add("wishes" if name != "values" else "")
    if grid := document.get("hours_grid"):
        for header in slots_in(headers) if grid == "found" else grid:
            found[header].add("hours")
    for header in headers:
        if column_of(header) and header not in document.get("ignore", ()) and not found[header]:
            found[header].add(header.partition(":")[0])
    _add_roles(document, found)
    return {header: found[header] for header in headers or list(found)}


def _add_roles(document: Mapping[str, Any], found: Fields) -> None:
    """Note the headers that say who is what; thresholds are a decision, and no reading of a column."""
    for rules in document.get("roles", {}).values():
        for rule in rules if isinstance(rules, list) else ():
            for header, tests in rule.items():
                if not NUMERIC & tests.keys() and not found[header]:
                    found[header].add("role")


def outcome(truth: set[str], sure: set[str], doubtful: set[str]) -> str:
    """Return how a column was read."""
    if sure == truth:
        return "right" if not doubtful - sure else "asked"
    if sure - truth:
        return "wrong"
    return "asked" if doubtful & truth else "missed"


def judged(sources: list[Path], right: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Go through the columns of some tables: header, field, outcome."""
    try:
        written = tomllib.loads(draft(*sources).mapping)
        headers = [header for source in sources for header in read_table(source).columns]
    except InvalidInputError:
        # It says what is to be named first: an encoding, say. Nothing is read before.
        yield from ((header, field, "asked") for header, field in _told(right))
        return
    joined = {text for key in _keys(written) for text in key}
    truth, doubtful = (fields_in(each, headers) for each in (right, taken_as_right(written)))
    sure = fields_in(_without_doubts(written), headers)
    for header in headers:
        if header in joined and not truth[header]:
            continue
        if truth[header] or sure[header]:
            found = outcome(truth[header], sure[header], doubtful[header])
            yield header, " ".join(sorted(truth[header])), found


def _told(right: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for header, names in fields_in(right, []).items():
        yield header, " ".join(sorted(names))


def _keys(document: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    joins = document.get("join", [])
    for join in joins if isinstance(joins, list) else [joins]:
        key = join["key"]
        yield from [(key, key)] if isinstance(key, str) else key.items()


def _without_doubts(part: Any) -> Any:
    if not isinstance(part, Mapping):
        return part
    return {key: _without_doubts(value) for key, value in part.items() if key != "CHECK"}


def tables() -> Iterator[tuple[str, list[Path], Mapping[str, Any]]]:
    """Go through the tables with mappings that are right, as far as they are here."""
    for each in tomllib.loads(TABLES.read_text("utf-8"))["tables"]:
        sources = [(CASES if each.get("shared") else ROOT) / name for name in each["sources"]]
        if not all(source.exists() for source in sources):
            continue
        mapping = each.get("mapping", {})
        if isinstance(mapping, str):
            mapping = tomllib.loads((ROOT / mapping).read_text("utf-8"))
        yield " + ".join(source.name for source in sources), sources, mapping


def dialects() -> Iterator[tuple[str, list[Path], Mapping[str, Any]]]:
    """Go through exports in drawn dialects, a side at a time; they are the same in each run."""
    found: list[Export] = []

    @settings(
        max_examples=DIALECTS,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(exports(example()))
    def collect(export: Export) -> None:
        found.append(export)

    collect()
    for number, export in enumerate(found, 1):
        with TemporaryDirectory() as folder:
            given_to = export.write(folder)
            if not export.sided:
                yield f"dialect {number}", given_to["source"], export.mapping
                continue
            for side in ("mentors", "mentees"):
                own = export.mapping.get(side, {})
                whole = {key: export.mapping.get(key, {}) | own.get(key, {}) for key in FIELDS}
                yield f"dialect {number}, {side}", [given_to[side]], whole


def main() -> None:
    """Print a line a table, and the shares over all."""
    for title, each in (("tables", tables()), ("dialects", dialects())):
        report(title, each)


def report(title: str, sources: Iterable[tuple[str, list[Path], Mapping[str, Any]]]) -> None:
    """Print the outcomes of some tables, and their shares."""
    total: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    print(f"{title:50}{''.join(f'{each:>8}' for each in OUTCOMES)}")
    for name, files, mapping in sources:
        found = list(judged(files, mapping))
        counts = Counter(each for _, _, each in found)
        total += counts
        fields += by_field(found)
        print(f"{name[:48]:50}{''.join(f'{counts[each]:8}' for each in OUTCOMES)}")
        for header, field, each in found:
            if each != "right":
                print(f"    {each}: {header!r} is {field or 'no field'}")
    print(f"{'all':50}{''.join(f'{total[each]:8}' for each in OUTCOMES)}")
    for what, counted in (("columns", total), ("fields", fields)):
        shares = ", ".join(f"{counted[each] / counted.total():.1%} {each}" for each in OUTCOMES)
        print(f"{counted.total()} {what}: {shares}")


def by_field(found: Iterable[tuple[str, str, str]]) -> Counter[str]:
    """Return the outcomes of fields: each as bad as the worst of its columns, so that options count once."""
    worst: dict[str, int] = {}
    for header, field, each in found:
        key = field or header
        worst[key] = max(worst.get(key, 0), OUTCOMES.index(each))
    return Counter(OUTCOMES[each] for each in worst.values())


if __name__ == "__main__":
    main()
