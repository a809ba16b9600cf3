"""What is wrong, or will go wrong, before anything is solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.checking.finding import Finding
from rmatch.checking.findings import findings_of
from rmatch.errors import InvalidInputError
from rmatch.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rmatch.people import People, Requests
    from rmatch.programme import Programme


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that :func:`rmatch.check` found; prints as a list.

    Attributes
    ----------
    findings : tuple of Finding
        Errors first, then warnings, then notes.
    """

    findings: tuple[Finding, ...]

    def __iter__(self) -> Iterator[Finding]:
        """Go through the findings."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What will make matching fail."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def __str__(self) -> str:
        """Return a line for every finding."""
        return (
            "\n".join(f"{finding.severity}: {finding.sentence}" for finding in self.findings)
            or "Nothing found."
        )


def check(
    people: People, programme: Programme | None = None, requests: Requests | None = None
) -> Findings:
    """Look for trouble before solving.

    Finds contradictions, people whom the rules leave without any possible partner (and which rule does it), topics that
    more people want than can be taught, criteria without data, topics that may be the same, ids that look like e-mail
    addresses.

    Parameters
    ----------
    people : People
        Everybody.
    programme : Programme, optional
        What "good" and "allowed" mean; the default programme if absent.
    requests : Requests, optional
        Locks, exclusions, previous pairs, wishes.

    Returns
    -------
    Findings
        What was found, the worst first. Nothing is raised: faults are findings too.

    Examples
    --------
    >>> import rmatch
    >>> found = rmatch.check(rmatch.datasets.example())
    >>> [finding.code for finding in found.errors]
    []
    """
    try:
        scores = score(people, programme, requests)
        found = list(findings_of(scores))
    except (
        InvalidInputError
    ) as error:  # a user's own rule may turn out faulty only when it is asked
        return Findings(tuple(Finding("invalid", "error", str(fault)) for fault in error.faults))
    return Findings(
        tuple(
            sorted(found, key=lambda finding: ("error", "warning", "note").index(finding.severity))
        )
    )
