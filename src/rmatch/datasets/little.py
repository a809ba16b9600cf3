"""The little example: :func:`example` and :func:`example_programme`."""

from __future__ import annotations

from importlib.resources import as_file, files

from rmatch.io import read_people, read_programme
from rmatch.people import People
from rmatch.programme import Programme


def example() -> People:
    """Return the 24 invented people of the example that the documentation uses.

    Fourteen juniors and ten leaders of a small company, the chief executive among them, one level list
    (:data:`rmatch.datasets.LEVELS`). Some answers are missing and some people consent to some uses only.

    Returns
    -------
    People
        The people of ``rmatch/datasets/example.csv``.

    Examples
    --------
    >>> from rmatch.datasets import example
    >>> people = example()
    >>> len(people.mentors), len(people.mentees)
    (14, 10)
    """
    with as_file(files("rmatch.datasets") / "example.csv") as path:
        return read_people(path)


def example_programme() -> Programme:
    """Return the programme for :func:`example`.

    Returns
    -------
    Programme
        The programme of ``rmatch/datasets/example_programme.toml``, a file whose comments explain every line.

    Examples
    --------
    >>> from rmatch.datasets import example_programme
    >>> example_programme().levels[:2]
    ('Trainee', 'Associate')
    """
    with as_file(files("rmatch.datasets") / "example_programme.toml") as path:
        return read_programme(path)
