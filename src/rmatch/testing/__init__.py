"""The conformance kit: hold any matcher to the laws that every correct matcher obeys.

:class:`Instance`, :class:`Market`, :class:`Situation`, :func:`load_known` and the modules `oracles` and `adversaries` need nothing beyond rmatch. Everything else needs Hypothesis:
``pip install 'reverse-mentoring[testing]'``.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from rmatch.testing import adversaries, data, oracles
from rmatch.testing.data import Known, load_known
from rmatch.testing.instance import Certified, Instance
from rmatch.testing.life.situation import Situation
from rmatch.testing.market import Market

if TYPE_CHECKING:
    from rmatch.testing import laws, strategies
    from rmatch.testing.life.check import check_life
    from rmatch.testing.life.machine import life_machine
    from rmatch.testing.report import Report
    from rmatch.testing.suite import check_matcher, parametrize_with_laws
    from rmatch.testing.trial import Trial, Verdict

__all__ = [
    "Certified",
    "Instance",
    "Known",
    "Market",
    "Report",
    "Situation",
    "Trial",
    "Verdict",
    "adversaries",
    "check_life",
    "check_matcher",
    "data",
    "laws",
    "life_machine",
    "load_known",
    "oracles",
    "parametrize_with_laws",
    "strategies",
]
__dir__: Callable[[], list[str]] = __all__.copy

WITH_HYPOTHESIS = {
    "Report": "report",
    "Trial": "trial",
    "Verdict": "trial",
    "check_life": "life.check",
    "check_matcher": "suite",
    "life_machine": "life.machine",
    "parametrize_with_laws": "suite",
    "laws": "",
    "strategies": "",
}


def __getattr__(name: str) -> Any:
    """Import what needs Hypothesis when it is asked for."""
    if name not in WITH_HYPOTHESIS:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    try:
        module = import_module(f"{__name__}.{WITH_HYPOTHESIS[name] or name}")
    except ModuleNotFoundError as error:
        if error.name != "hypothesis":
            raise
        message = (
            f"rmatch.testing.{name} needs Hypothesis: pip install 'reverse-mentoring[testing]'"
        )
        raise ModuleNotFoundError(message, name="hypothesis") from error
    return getattr(module, name) if WITH_HYPOTHESIS[name] else module
