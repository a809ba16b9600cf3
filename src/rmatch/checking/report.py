"""What was understood, and what is wrong or will go wrong, before anything is solved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from rmatch.checking.finding import Finding, Severity
from rmatch.checking.findings import findings_of
from rmatch.checking.topics import Topics, topics_of
from rmatch.errors import InvalidInputError
from rmatch.people import People, Requests, Understood
from rmatch.programme import Programme
from rmatch.scoring import score
from rmatch.utils.documents import Document
from rmatch.utils.log import timed
from rmatch.utils.text import counted
from rmatch.utils.values import Value

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
SHOWN = 5
MANY = {"shortage"}
"""Of these kinds so many findings are printed, the others counted; all of them are there."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Findings(Value, Document):
    """Everything that :func:`rmatch.check` found; prints as a report.

    Attributes
    ----------
    findings : tuple of Finding
        Errors first, then warnings, then notes.
    understood : Understood or None
        What was understood of every column; nothing for people who were made in code.
    topics : Topics or None
        The topics with their counts, and those that may be one; nothing if there are no people.
    """

    findings: tuple[Finding, ...]
    understood: Understood | None = None
    topics: Topics | None = None

    def __iter__(self) -> Iterator[Finding]:
        """Go through the findings."""
        return iter(self.findings)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.findings)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What will make matching fail."""
        return self.of_severity("error")

    def of_severity(self, severity: Severity) -> tuple[Finding, ...]:
        """Return the findings of one severity."""
        return tuple(finding for finding in self.findings if finding.severity == severity)

    def __str__(self) -> str:
        """Return what was understood, the topics, and the findings grouped by their weight."""
        before = [str(each) for each in (self.understood, self.topics) if each is not None]
        groups = ["\n".join(self._group(severity)) for severity in SEVERITIES]
        if not self.findings:
            groups.append("Nothing found.")
        return "\n\n".join(filter(None, (*before, *groups)))

    def _group(self, severity: Severity) -> Iterator[str]:
        found = self.of_severity(severity)
        if found:
            yield f"{counted(len(found), severity).capitalize()}:"
        for code in dict.fromkeys(finding.code for finding in found):
            alike = [finding for finding in found if finding.code == code]
            shown = alike[:SHOWN] if code in MANY else alike
            yield from (f"  {finding.sentence}".replace("\n", "\n  ") for finding in shown)
            if len(shown) < len(alike):
                yield f"  … and {counted(len(alike) - len(shown), f'more {severity}')} like this"


@timed
def check(
    people: People, programme: Programme | None = None, requests: Requests | None = None
) -> Findings:
    """Say what was understood, and look for trouble before solving.

    Finds contradictions, people whom the rules leave without any possible partner (and which rule does it), topics that
    more people want than can be taught, criteria without data, rules for some that are for nobody, topics that may be
    the same, ids that look like e-mail addresses.

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
        What was understood of every column, the topics, and what was found, the worst first. Nothing is raised: faults
        are findings too.

    Examples
    --------
    >>> import rmatch
    >>> found = rmatch.check(rmatch.datasets.example())
    >>> [finding.code for finding in found.errors]
    []
    >>> found.topics and found.topics.topics[0]
    Topic(topic='generative AI', offers=6, wants=3)
    """
    understood, topics = None, None
    if isinstance(people, People):
        lived = programme.lived_topics if isinstance(programme, Programme) else ()
        understood, topics = people.understood, topics_of(people, lived)
    try:
        found = list(findings_of(score(people, programme, requests), topics))
    # A user's own rule may turn out faulty only when it is asked.
    except InvalidInputError as error:
        found = invalid(error)
    found.sort(key=lambda finding: SEVERITIES.index(finding.severity))
    return Findings(tuple(found), understood, topics)


def invalid(error: InvalidInputError) -> list[Finding]:
    """Return every fault of an error as a finding."""
    return [Finding("invalid", "error", str(fault)) for fault in error.faults]
