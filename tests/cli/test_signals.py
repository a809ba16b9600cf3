"""Commands that are interrupted at random moments end without a traceback, with the right code and a true result."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from rmatch.cli.entry import run

SIGNALS = Path(__file__).parents[2] / "benchmarks" / "signals.py"
MOMENTS = 20 if os.environ.get("RMATCH_THOROUGH") else 2
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")


def signals() -> Any:
    spec = importlib.util.spec_from_file_location("signals", SIGNALS)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["signals"] = module
    spec.loader.exec_module(module)
    return module


CASES = (
    list(signals().CASES)
    if os.environ.get("RMATCH_THOROUGH")
    else ["match, leximin", "frontier", "verify"]
)


@pytest.mark.parametrize("case", CASES)
def test_signals_at_random_moments(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(SIGNALS.parents[1] / "src"))
    assert signals().interrupted(case, MOMENTS, 60) == []


def test_every_verb_is_interrupted() -> None:
    from rmatch.cli.verbs import VERBS

    assert {arguments[0] for arguments in signals().CASES.values()} == VERBS.keys()


EARLY = """
    import signal, sys

    class Strikes:
        def find_spec(self, name, *_):
            if name == "{module}":
                signal.raise_signal(signal.{number})

    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.meta_path.insert(0, Strikes())
    sys.argv[1:] = {arguments}
    from rmatch.cli import main
    sys.exit(main())
"""


def ended(program: str, **inside: object) -> tuple[int, str, list[str]]:
    """Return exit code, output and lines of errors of a program."""
    code = textwrap.dedent(program).format(**inside)
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    return found.returncode, found.stdout, found.stderr.splitlines()


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM"])
@pytest.mark.parametrize("module", ["rmatch.cli.entry", "rmatch.io.read", "rmatch.verification"])
def test_a_signal_while_the_command_is_loaded_waits_for_it(module: str, number: str) -> None:
    code, out, lines = ended(EARLY, module=module, number=number, arguments=["demo"])
    assert (code, out, lines) == (130, "", ["rmatch: interrupted"])


def test_a_signal_while_the_command_is_loaded_is_said_in_json_too() -> None:
    arguments = ["demo", "--format", "json"]
    code, out, lines = ended(EARLY, module="rmatch.io.read", number="SIGTERM", arguments=arguments)
    assert (code, out, len(lines)) == (130, "", 1)
    assert '"error": "interrupted"' in lines[0]


LATE = """
    import signal, sys
    signal.signal(signal.SIGINT, signal.default_int_handler)
    from rmatch.cli import entry, main
    answered = entry.run

    def struck(*given):
        code = answered(*given)
        signal.raise_signal(signal.SIGINT)
        return code

    entry.run = struck
    sys.argv[1:] = ["demo"]
    code = main()
    sys.exit(code)
"""


def test_a_signal_after_the_answer_changes_nothing() -> None:
    code, out, lines = ended(LATE)
    assert (code, lines) == (0, [])
    assert out


def broken(error: type[BaseException]) -> Any:
    """Return a verb's run that makes another error of an interrupt, as libraries do in whose middle it comes."""

    def verb(_: object) -> Any:
        try:
            signal.raise_signal(signal.SIGTERM)
        except KeyboardInterrupt:
            raise error from None

    return verb


@pytest.mark.parametrize("error", [SystemError, ImportError, RuntimeError])
def test_what_else_becomes_of_an_interrupt_is_one(
    error: type[BaseException], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from rmatch.cli.verbs import begin

    monkeypatch.setattr(begin, "DEMO", begin.DEMO._replace(run=broken(error)))
    assert run(["demo"]) == 130
    assert capsys.readouterr().err == "rmatch: interrupted\n"


GONE = """
    import signal, sys
    from rmatch.cli import main
    from rmatch.cli.verbs import begin

    class Gone:
        def __del__(self):
            signal.raise_signal(signal.SIGTERM)

    demo = begin.DEMO

    def verb(given):
        Gone()
        return demo.run(given)

    begin.DEMO = demo._replace(run=verb)
    sys.argv[1:] = ["demo"]
    sys.exit(main())
"""


def test_an_interrupt_where_nobody_can_raise_it_is_no_traceback() -> None:
    code, out, lines = ended(GONE)
    assert (code, lines) == (0, [])
    assert out


def test_what_the_host_says_of_lost_errors_is_given_back() -> None:
    before = sys.unraisablehook
    run(["demo"])
    assert sys.unraisablehook is before
