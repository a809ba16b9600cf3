"""People to try things on: a synthetic workforce of any size, and a little example to read."""

from rmatch.datasets.little import example, example_programme
from rmatch.datasets.synthetic import workforce
from rmatch.datasets.vocabulary import AGE_BANDS, LEVELS

__all__ = ["AGE_BANDS", "LEVELS", "example", "example_programme", "workforce"]
