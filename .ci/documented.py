"""Check the types of the documented code: what type checkers of users say of it, and of every public name.

Every Python example of the documentation and of the public docstrings is written as a module, for mypy and pyright to read.
Both are strict, but for what an example may leave unsaid: the types of its own functions. At last pyright counts the public
names whose types it knows: all.
"""

from __future__ import annotations

import ast
import itertools
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from doctest import DocTestFinder, DocTestParser
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import rmatch

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = str(ROOT / "src")
INNER = {"cli", "formulas", "rounds", "utils", "__main__"}
ROOMS = [
    import_module(f"rmatch.{each.name}")
    for each in iter_modules(rmatch.__path__)
    if each.name not in INNER
]
PARTS = {"add-a-criterion", "add-a-rule", "add-an-objective"}
"""Recipes for the library's own files, which show parts of modules."""
FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LEFT = "allow-untyped-defs, allow-untyped-calls, allow-redefinition, no-warn-unreachable"
"""What mypy, as strict with everything else as with the library, lets examples do."""
UNSAID = "MissingParameterType UnknownParameterType UnknownArgumentType UnknownLambdaType UnknownMemberType UnknownVariableType"
LOOSE = f"{UNSAID} UnusedExpression UnusedVariable UnusedImport DuplicateImport"
"""What pyright does not report of examples: the types that they leave unsaid, and that a line is there to be looked at."""


def main() -> int:
    """Return how many of the three checks fail."""
    with TemporaryDirectory() as folder:
        for name, code in [*of_pages(), *of_docstrings()]:
            stem = re.sub(r"\W", "_", name)
            Path(folder, f"{stem}.py").write_text(f"# mypy: {LEFT}\n{code}", encoding="utf-8")
        environment = Path(sys.prefix)
        settings = {
            "typeCheckingMode": "strict",
            "extraPaths": [SOURCE],
            "venvPath": str(environment.parent),
            "venv": environment.name,
            **{f"report{rule}": False for rule in LOOSE.split()},
        }
        Path(folder, "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
        checks = [("mypy", folder), ("basedpyright", "-p", folder)]
        # Each is a program of its own, and none knows how to use two processors.
        with ThreadPoolExecutor() as beside:
            names = beside.submit(unknown_types)
            wrong = beside.map(lambda each: run(*each), checks)
            return sum(each.returncode != 0 for each in wrong) + bool(names.result())


def run(tool: str, *arguments: str, capture: bool = False) -> subprocess.CompletedProcess[bytes]:
    """Run a tool of this environment on the library as it stands here."""
    tools = Path(sys.executable).parent
    paths = {
        "MYPYPATH": SOURCE,
        "PYTHONPATH": SOURCE,
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }
    return subprocess.run(
        [tools / tool, *arguments],
        env=os.environ | paths,
        capture_output=capture,
        check=False,
    )


def unknown_types() -> list[str]:
    """Return the public names whose types pyright does not know, and say how many it knows of all."""
    asked = "--verifytypes", "rmatch", "--ignoreexternal", "--outputjson"
    found = json.loads(run("basedpyright", *asked, capture=True).stdout)["typeCompleteness"]
    public = {
        f"{room.__name__}.{name}"
        for room in [rmatch, *ROOMS]
        for name in getattr(room, "__all__", ())
    }
    unknown = [
        symbol["name"]
        for symbol in found["symbols"]
        if not symbol["isTypeKnown"]
        and not public.isdisjoint(itertools.accumulate(symbol["name"].split("."), "{}.{}".format))
    ]
    print(f"types known of all names, inner ones included: {found['completenessScore']:.2%}")
    print("\n".join(f"not known of a public name: {name}" for name in unknown))
    return unknown


def of_pages() -> Iterator[tuple[str, str]]:
    """Go through the pages: the examples that run one after the other, and below them what is only shown."""
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        if path.stem not in PARTS:
            text = path.read_text("utf-8")
            prompts = [example.source for example in DocTestParser().get_examples(text)]
            shown = [code for code in FENCE.findall(text) if ">>> " not in code]
            yield str(path.relative_to(ROOT)), "".join(prompts + shown)


def of_docstrings() -> Iterator[tuple[str, str]]:
    """Go through the public names whose docstrings have examples, each below the names that it takes from its module."""
    handed_out = [getattr(room, name) for room in ROOMS for name in getattr(room, "__all__", ())]
    public = {
        id(each): each
        for each in handed_out
        if hasattr(each, "__module__") and hasattr(each, "__qualname__")
    }
    for each in public.values():
        for found in DocTestFinder().find(each, f"{each.__module__}.{each.__qualname__}"):
            code = "".join(example.source for example in found.examples)
            if code:
                yield found.name, f"{given(each.__module__, code)}\n{code}"


def given(module: str, code: str) -> str:
    """Return the imports of the names that an example takes from its module."""
    names = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    used = {node.id for node in names} - made
    lines, path = [], Path(str(import_module(module).__file__))
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            node.names = [name for name in node.names if (name.asname or name.name) in used]
            lines += [ast.unparse(node)] if node.names else []
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in used:
            lines.append(f"from {module} import {node.name}")
    return "\n".join(dict.fromkeys(lines))


sys.exit(main())
