"""People to try things on, and problems whose optimum is known.

A synthetic workforce of any size, a little example to read, and points of any size with a planted best matching.
"""

from collections.abc import Callable

from rmatch.datasets.little import example, example_programme
from rmatch.datasets.plant import Planted, planted
from rmatch.datasets.synthetic import workforce
from rmatch.datasets.vocabulary import AGE_BANDS, LEVELS

__all__ = ["AGE_BANDS", "LEVELS", "Planted", "example", "example_programme", "planted", "workforce"]
__dir__: Callable[[], list[str]] = __all__.copy
