"""What Hypothesis calls when it is imported: it then knows how to draw our types."""

from __future__ import annotations


def register() -> None:
    """Register a strategy for each public type of input; nothing heavy is imported before one is drawn."""
    from hypothesis import strategies as st

    from rmatch.people import People, Person
    from rmatch.programme import Programme
    from rmatch.testing.instance import Instance

    def strategy(name: str) -> st.SearchStrategy:
        from rmatch.testing import strategies

        drawn: st.SearchStrategy = getattr(strategies, name)()
        return drawn

    for kind, name in ((Instance, "instances"), (People, "people"), (Person, "persons"), (Programme, "programmes")):
        st.register_type_strategy(kind, lambda _, name=name: strategy(name))
