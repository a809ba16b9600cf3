"""What a law is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rmatch.testing.matcher import MarketMatcher, MatrixMatcher, PeopleMatcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from rmatch.testing.instance import Participation

Form = Literal["matrix", "market", "people", "index"]
BOTH: tuple[Participation, ...] = ("most", "best")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Law:
    r"""Something that every correct matcher (or index) obeys, with the cases to try it on.

    Attributes
    ----------
    name : str
        What it is called in reports and in `expected_failures`.
    statement : str
        The law in one line.
    formula : str
        The same in LaTeX.
    source : str
        Where it is proved; empty where it follows from the definitions in a line.
    form : {"matrix", "market", "people", "index"}
        What it is a law of: a matcher of matrices, of markets, of people, or an inequality index.
    needs_unique : bool
        Whether it is tried only on cases with one optimum, because ties may be broken either way.
    participation : tuple of {"most", "best"}
        Which matchers it holds for.
    cases : SearchStrategy
        What it is tried on.
    test : callable
        Called with the matcher and a case; raises `AssertionError` with the reason.
    """

    name: str
    statement: str
    formula: str
    source: str
    form: Form
    needs_unique: bool
    participation: tuple[Participation, ...]
    cases: SearchStrategy[Any]
    test: Callable[[Any, Any], None]

    def check(self, fn: Any, case: Any) -> None:
        """Try the law on one case.

        Parameters
        ----------
        fn : callable
            The matcher or the index.
        case : Any
            One of the law's `cases`.

        Raises
        ------
        AssertionError
            If the law does not hold, with the reason.
        NotImplementedError
            If the matcher refuses the case.
        """
        self.test(as_subject(fn, self.form), case)

    def __repr__(self) -> str:
        """Return name and statement."""
        return f"<Law {self.name}: {self.statement}>"


def as_subject(fn: Any, form: Form, participation: Participation = "most") -> Any:
    """Wrap a callable as the laws of a form want it.

    Parameters
    ----------
    fn : callable
        A matcher or an index, wrapped already or not.
    form : {"matrix", "market", "people", "index"}
        The form.
    participation : {"most", "best"}
        What a matcher of matrices promises.

    Returns
    -------
    MatrixMatcher, MarketMatcher, PeopleMatcher or callable
        The subject of the laws.
    """
    if isinstance(fn, MatrixMatcher | MarketMatcher | PeopleMatcher) or form == "index":
        return fn
    if form == "matrix":
        return MatrixMatcher(fn, participation)
    return MarketMatcher(fn) if form == "market" else PeopleMatcher(fn)


def law(
    formula: str,
    cases: SearchStrategy[Any],
    *,
    form: Form = "matrix",
    source: str = "",
    needs_unique: bool = False,
    participation: tuple[Participation, ...] = BOTH,
) -> Callable[[Callable[[Any, Any], None]], Law]:
    """Turn a check into a law; its name and its docstring become the law's name and statement.

    Parameters
    ----------
    formula : str
        LaTeX.
    cases : SearchStrategy
        What the law is tried on.
    form : {"matrix", "market", "people", "index"}
        What it is a law of.
    source : str
        Where it is proved.
    needs_unique : bool
        Whether the cases have one optimum.
    participation : tuple of {"most", "best"}
        Which matchers it holds for.

    Returns
    -------
    callable
        The decorator.
    """

    def decorate(test: Callable[[Any, Any], None]) -> Law:
        statement = " ".join((test.__doc__ or "").split())
        return Law(
            test.__name__,
            statement,
            formula,
            source,
            form,
            needs_unique,
            participation,
            cases,
            test,
        )

    return decorate


def expect(holds: object, reason: str) -> None:
    """Raise `AssertionError` with the reason unless something holds (also under ``python -O``).

    Parameters
    ----------
    holds : object
        What has to be true.
    reason : str
        What is wrong otherwise.

    Raises
    ------
    AssertionError
        If it is not.
    """
    if not holds:
        raise AssertionError(reason)
