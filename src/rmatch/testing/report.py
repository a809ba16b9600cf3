"""What came of holding a matcher to the laws."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass

from rmatch.testing.trial import Trial, Verdict
from rmatch.utils.shown import Shown

BAD = {Verdict.FAILS, Verdict.UNEXPECTED}


@dataclass(frozen=True, repr=False)
class Report(Shown):
    """What came of holding a matcher to the laws; prints as a table.

    Attributes
    ----------
    matcher : str
        The matcher's name.
    trials : tuple of Trial
        One a law.
    """

    matcher: str
    trials: tuple[Trial, ...]

    @property
    def ok(self) -> bool:
        """Whether every law holds, is not applicable, or fails as expected."""
        return not any(trial.verdict in BAD for trial in self.trials)

    @property
    def failures(self) -> dict[str, Trial]:
        """The laws that fail, expected or not, by name."""
        broken = {Verdict.FAILS, Verdict.EXPECTED}
        return {trial.law.name: trial for trial in self.trials if trial.verdict in broken}

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict on each law, by name."""
        return {trial.law.name: str(trial.verdict) for trial in self.trials}

    def raise_if_broken(self) -> None:
        """Raise `AssertionError` with the whole report unless it is :attr:`ok`."""
        if not self.ok:
            raise AssertionError(repr(self))

    def __repr__(self) -> str:
        """Return the table: law, verdict, number of cases, and under each failure the smallest counter-example."""
        width = max((len(trial.law.name) for trial in self.trials), default=0)
        lines = [f"{self.matcher}: {self._summary()}"]
        for trial in self.trials:
            cases = f", {trial.cases} cases" if trial.verdict is Verdict.HOLDS else ""
            lines.append(f"  {trial.law.name:<{width}}  {trial.verdict}{cases}")
            lines += [textwrap.indent(text, " " * 6) for text in details(trial)]
        return "\n".join(lines)

    def _summary(self) -> str:
        counts = Counter(trial.verdict for trial in self.trials)
        return ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict if counts[verdict])


def details(trial: Trial) -> list[str]:
    """Return why a law fails, and the counter-example where there is one."""
    if not trial.reason:
        return []
    return [trial.reason] if trial.example is None else [trial.reason, str(trial)]
