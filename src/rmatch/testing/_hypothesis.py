"""What Hypothesis calls when it is imported: it then knows how to draw our types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def register() -> None:
    """Register a strategy for each public type of input; nothing heavy is imported before one is drawn."""
    from hypothesis import strategies as st

    from rmatch.people import People, Person
    from rmatch.programme import Programme
    from rmatch.testing.instance import Instance
    from rmatch.testing.market import Market

    def draws(name: str) -> Callable[[type], st.SearchStrategy[Any]]:
        def strategy(_: type) -> st.SearchStrategy[Any]:
            import rmatch.testing.strategies as kit

            drawn: st.SearchStrategy[Any] = getattr(kit, name)()
            return drawn

        return strategy

    st.register_type_strategy(Instance, draws("instances"))
    st.register_type_strategy(Market, draws("markets"))
    st.register_type_strategy(People, draws("people"))
    st.register_type_strategy(Person, draws("persons"))
    st.register_type_strategy(Programme, draws("programmes"))
