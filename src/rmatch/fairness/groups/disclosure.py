r"""What a report may tell of groups so that nobody's answer follows from it, whatever else the reader knows of the round.

A table counts how many people of a group had which outcome. Its reader may know everybody's outcome, the rule below, and
the tables of earlier reports; answers are secret, and so is who released any. The people who are alike in all that the
reports keep apart are a **part**: those of one outcome class, and with earlier reports those of one class in each of them
(or absent from it). A group `g` with :math:`t_p(g)` people in the part `p` **fits** if for every part

.. math:: t_p(g) = 0 \text{ or } t_p(g) \ge k, \qquad |p| - t_p(g) \ge k.

Groups that fit are shown with all their figures, and everybody else is counted together, those who released nothing among
them. Which outcomes are classes depends on how many people had them, and on nobody's answer. A table is withheld as a whole
if groups that earlier reports showed would not fit any more. Then:

1. Of nobody in a group that is shown does the answer follow: `k` others of the part have another one, and if this person
   exchanged answers with any of them, all reports would be the same, word for word.
2. Of nobody else does any answer follow: if all of them had released nothing, the groups that are shown would be the same,
   and so would their figures. So it is open, too, whether there is any group that is not shown.
3. That a table is withheld tells of nobody: some group of an earlier report does not fit some part. Exchange the answers of
   two people of that report's class: where all of the part had this answer, and so nobody follows from fewer, all but one
   have it now, and the group still does not fit.
4. A report for a larger `k` follows from that for a smaller one, as the classes are the same and fewer groups fit.

So no equations, no bounds, no whole numbers and no knowledge of the rule help: every reader is left with several tables of
people that lead to the same reports. To choose what is shown without what is to be hidden is simulatable auditing: Kenthapadi,
Mishra and Nissim, :doi:`10.1145/1065167.1065183`. That an exchange leaves published sums alone is how Gusfield
(SIAM Journal on Computing 17, 1988) tells which cells of a table are protected; that as many others must differ is a kind of
:math:`\ell`-diversity: Machanavajjhala et al., :doi:`10.1145/1217299.1217302`. How a rule that hides just enough can be
read backwards: Wong, Fu, Wang and Pei, "Minimality attack in privacy preserving data publishing", VLDB 2007.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rmatch.fairness.groups.outcomes import split_of, split_people
from rmatch.utils.loops import EVERY, heard

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Hashable, Mapping, Sequence

    from rmatch.fairness.groups.answers import Answer
    from rmatch.fairness.groups.outcomes import Split

    Population = Mapping[str, int]
    """The outcomes of the people of one population, by id."""
    Groups = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What one report tells about the groups of one table.

    Attributes
    ----------
    answers : dict of str to tuple of str or None
        Everybody's answer at that time.
    splits : dict of str to Split
        What is told apart, by population.
    shown : dict of str to frozenset of tuple of str
        The groups that are shown, by population.
    labels : dict of str to tuple of str and int
        The population and the class of everybody counted.
    """

    answers: Mapping[str, Answer]
    splits: dict[str, Split]
    shown: dict[str, Groups]
    labels: dict[str, tuple[str, int]]


def tell(
    answers: Mapping[str, Answer],
    populations: Mapping[str, Population],
    before: Sequence[Told],
    k: int,
) -> Told | None:
    """Choose what to tell about the groups of one table.

    Parameters
    ----------
    answers : mapping of str to tuple of str or None
        Everybody's answer, None for those who released none.
    populations : mapping of str to mapping of str to int
        Everybody's outcome by population and id.
    before : sequence of Told
        What earlier reports told about the same table.
    k : int
        The fewest people that count as a group, and as the others.

    Returns
    -------
    Told or None
        None if nothing can be told without giving away who came, went, or fared differently.
    """
    now = {person for own in populations.values() for person in own}
    if not all(_leavers_fit(told, before, now, k) for told in before):
        return None
    splits = {name: split_of(own) for name, own in populations.items()}
    shown: dict[str, Groups] = {}
    labels: dict[str, tuple[str, int]] = {}
    for name, own in populations.items():
        classes = split_people(own, splits[name])
        groups = _shown(classes, answers, before, k)
        if groups is None:
            return None
        shown[name] = groups
        labels |= {person: (name, number) for person, number in classes.items()}
    return Told(answers, splits, shown, labels)


def _shown(
    classes: Mapping[str, int],
    answers: Mapping[str, Answer],
    before: Sequence[Told],
    k: int,
) -> Groups | None:
    """Return the groups of a population that may be shown; None if those of earlier reports would come to harm."""
    parts = _parts(classes, before)
    fits = _fits(parts, answers, k)
    known = {
        told.shown[told.labels[person][0]]
        for told in before
        for person in classes
        if person in told.labels
    }
    # Whoever is shown as a group in one report is so in all: else what one adds up another would take apart.
    if len(known) > 1 or not all(map(fits, frozenset().union(*known))):
        return None
    if not all(_still_fit(told, parts, k) for told in before):
        return None
    given = (answers[person] for person in classes)
    present = {group for group in given if group is not None}
    return frozenset(group for group in present.intersection(*known) if fits(group))


def _leavers_fit(told: Told, before: Sequence[Told], now: Container[str], k: int) -> bool:
    """Return whether those of an earlier report who are absent now are enough, group by group, to make a difference."""
    absent = {person: label for person, label in told.labels.items() if person not in now}
    return _still_fit(told, _parts(absent, before), k)


def _still_fit(told: Told, parts: Mapping[str, Hashable], k: int) -> bool:
    """Return whether the groups that were shown fit parts of their populations, with the answers of that time."""
    for population, groups in told.shown.items():
        own = {
            person: part
            for person, part in parts.items()
            if person in told.labels and told.labels[person][0] == population
        }
        if not all(map(_fits(own, told.answers, k), groups)):
            return False
    return True


def _parts(labels: Mapping[str, Hashable], before: Sequence[Told]) -> dict[str, Hashable]:
    """Return who is alike in all reports: the label in this one, and in each of the others; None where absent."""
    return {
        person: (label, *(told.labels.get(person) for told in before))
        for person, label in heard(labels.items(), "groups", EVERY)
    }


def _fits(
    parts: Mapping[str, Hashable], answers: Mapping[str, Answer], k: int
) -> Callable[[Answer], bool]:
    """Return what tells whether a group is nobody, or many among many others, in every part."""
    sizes = Counter(parts.values())
    counts = Counter(
        (part, answers[person]) for person, part in heard(parts.items(), "groups", EVERY)
    )

    def fits(group: Answer) -> bool:
        of_group = ((counts[part, group], size) for part, size in sizes.items())
        return all((own == 0 or own >= k) and size - own >= k for own, size in of_group)

    return fits
