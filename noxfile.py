#!/usr/bin/env -S uv run --script

# /// script
# dependencies = ["nox>=2025.10"]
# ///

"""The project's tasks, each in an environment of its own: ``nox -l`` lists them."""

from pathlib import Path

import nox

nox.needs_version = ">=2025.10"
nox.options.default_venv_backend = "uv|virtualenv"


@nox.session(python=["3.11", "3.12", "3.13", "3.14"], default=False)
def every_python(session: nox.Session) -> None:
    """Run the tests on each supported Python."""
    session.install("-e.", "--group=test")
    session.run("pytest", "--numprocesses=auto", "--dist=worksteal", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests."""
    session.install("-e.", "--group=test")
    session.run("pytest", "--numprocesses=auto", "--dist=worksteal", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, docstrings and spelling."""
    session.install("-e.", "--group=lint", "--group=typing", "--group=bench")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("numpydoc", "lint", *map(str, sorted(Path("src/rmatch").rglob("*.py"))))
    session.run("codespell")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation; every warning is an error."""
    session.install("-e.", "--group=docs")
    session.run(
        "sphinx-build", "-W", "-n", "--keep-going", "-b", "html", "docs", "docs/_build/html"
    )


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Run the benchmarks."""
    session.install("-e.", "--group=bench")
    session.run("python", "benchmarks/run.py", *session.posargs)


if __name__ == "__main__":
    nox.main()
