"""The command line: ``rmatch match people.csv --out pairs.csv``."""

from rmatch.cli.entry import main

__all__ = ["main"]
