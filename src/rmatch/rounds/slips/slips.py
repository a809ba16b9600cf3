"""The slips of everybody: found, put into words, and written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rmatch.io import Dialect, write_table
from rmatch.people import natural
from rmatch.rounds.facts import facts_of
from rmatch.rounds.in_common import Common
from rmatch.rounds.slips.appointment import first_hour
from rmatch.rounds.slips.calendar import calendar
from rmatch.rounds.slips.letter import NO_PARTNER, WHY, Letter
from rmatch.rounds.slips.merge import COLUMNS, refuse_shared_mailboxes, row
from rmatch.rounds.slips.slip import Slip, SlipPartner
from rmatch.rounds.slips.template import filled, template_of
from rmatch.rounds.visible import visible
from rmatch.utils.documents import Document
from rmatch.utils.files import Target, write_folder
from rmatch.utils.languages import Language
from rmatch.utils.text import counted
from rmatch.utils.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rmatch.rounds.outcome import Outcome
    from rmatch.rounds.unmatched import Unmatched
    from rmatch.utils.sides import Side

SENT = {
    "no_allowed_partner": "rules",
    "below_min_points": "rules",
    "needed_elsewhere": "needed_elsewhere",
}
"""As what the reasons of people without a partner may be sent; all others are kept back."""
HIDDEN = "not_told"


@dataclass(frozen=True, eq=False, repr=False)
class Slips(Value, Document):
    """What each participant is sent.

    Made by :meth:`rmatch.Matching.slips`. Nothing in it names a third person, points, an answer or a topic that was not
    released; names and e-mail addresses are in it only where they were asked for.

    Attributes
    ----------
    language : str
        In which it is written.
    slips : tuple of Slip
        One a participant, by id.
    dates : tuple of date
        The days of the round.
    """

    language: str
    slips: tuple[Slip, ...]
    dates: tuple[date, ...] = field(default=())

    def __iter__(self) -> Iterator[Slip]:
        """Go through the slips."""
        return iter(self.slips)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.slips)

    def __str__(self) -> str:
        """Return how many there are, what was not translated, and one of them."""
        alone = sum(not slip.partners for slip in self.slips)
        lines = [
            f"{counted(len(self), 'slip')} in {self.language!r}, {counted(alone, 'participant')} without a partner"
        ]
        if self.untranslated:
            texts = counted(len(self.untranslated), "text")
            lines.append(f"No translation, and so in English: {texts}")
            lines += [f"  {text}" for text in self.untranslated]
        shown = next((slip for slip in self.slips if slip.partners), None)
        if shown is not None:
            lines += ["", "For example:", "", indent(self.text(shown).rstrip(), "  ")]
        return "\n".join(lines)

    @cached_property
    def _tongue(self) -> Language:
        return Language(self.language)

    @cached_property
    def untranslated(self) -> tuple[str, ...]:
        """The texts that the language has no words for, and that stand in English."""
        for slip in self.slips:
            self.text(slip)
        return tuple(sorted(self._tongue.untranslated))

    def text(self, slip: Slip) -> str:
        """Return a slip as plain text.

        Parameters
        ----------
        slip : Slip
            One of them.

        Returns
        -------
        str
            The letter, its subject in the first line.
        """
        letter, say = Letter.of(slip, self.dates), self._tongue.say
        paragraphs = [say(letter.subject)]
        for section in letter.sections:
            mark, between = ("- ", "\n") if section.listed else ("", " ")
            paragraphs.append(between.join(f"{mark}{say(each)}" for each in section.messages))
        return "\n\n".join(paragraphs) + "\n"

    def html(self, slip: Slip, template: str | None = None) -> str:
        """Return a slip as a page of its own.

        Parameters
        ----------
        slip : Slip
            One of them.
        template : str, optional
            A template of Jinja's; it is given `language`, `subject`, `sections` (each with `listed` and `sentences`) and
            `slip`.

        Returns
        -------
        str
            HTML that asks nothing of the network.

        Raises
        ------
        InvalidInputError
            If the template is none, or asks for what there is not.
        """
        return self._html(slip, template_of(template))

    def _html(self, slip: Slip, template: Any) -> str:
        letter, say = Letter.of(slip, self.dates), self._tongue.say
        sections = [
            {"listed": section.listed, "sentences": [say(each) for each in section.messages]}
            for section in letter.sections
        ]
        told = {"language": self.language, "subject": say(letter.subject), "slip": slip}
        return filled(template, told | {"sections": sections})

    def rows(self) -> list[dict[str, str]]:
        """Return a row for each participant, for mail merge.

        Returns
        -------
        list of dict
            Ids, names and e-mail addresses where they were asked for, what the two have for each other, questions, and the
            whole letter; several partners are joined by semicolons.

        Raises
        ------
        InvalidInputError
            If two participants have one mailbox: it would get the letters of both.
        """
        refuse_shared_mailboxes(self.slips)
        return [
            row(slip, Letter.of(slip, self.dates), self.text(slip), self._tongue)
            for slip in self.slips
        ]

    def to_table(self, path: Target, *, dialect: Dialect = "excel") -> None:
        """Write a row for each participant, as :meth:`rows` has them, as a workbook or a CSV file.

        Parameters
        ----------
        path : str, Path or text file
            Where to write: a workbook (``.xlsx``), or CSV (``.csv``, and what an open file takes). A path is written whole
            or not at all.
        dialect : {"excel", "excel-de"}
            Of CSV: commas and decimal points, or semicolons and decimal commas.

        Raises
        ------
        InvalidInputError
            If two participants have one mailbox; for an unknown dialect or ending, or where nothing can be written.
        ModuleNotFoundError
            If a workbook is asked for, and XlsxWriter is not installed.
        """
        write_table([COLUMNS, *(list(each.values()) for each in self.rows())], path, dialect)

    def write(
        self, folder: str | Path, *, plain: bool = False, template: str | None = None
    ) -> None:
        """Write a file for each participant, and one for their calendar where an hour is known, into a new folder.

        Parameters
        ----------
        folder : str or Path
            It must not be there yet, or be empty; it is written whole or not at all.
        plain : bool
            Whether to write texts instead of pages.
        template : str, optional
            For the pages; see :meth:`html`.

        Raises
        ------
        InvalidInputError
            If something is there already, or nothing can be written there; and for a template that asks for what there is
            not.
        """
        page, held = template_of(template), dict[str, bytes]()
        for slip, name in zip(self.slips, _names(slip.id for slip in self.slips), strict=True):
            content = self.text(slip) if plain else self._html(slip, page)
            held[f"{name}.{'txt' if plain else 'html'}"] = content.encode()
            if any(partner.appointment for partner in slip.partners):
                held[f"{name}.ics"] = calendar(slip, self._tongue)
        write_folder(folder, held)


def slips_of(outcome: Outcome, language: str, include: Sequence[str]) -> Slips:
    """Find what each participant of a round is sent.

    Parameters
    ----------
    outcome : Outcome
        The round, with its people.
    language : str
        See :func:`rmatch.utils.messages.languages`.
    include : sequence of {"name", "email"}
        What to add beside the ids.

    Returns
    -------
    Slips
        One a participant; whoever takes no part gets none.
    """
    Language(language)  # before anything else is worked out
    scores = outcome.scores
    facts, days = facts_of(visible(scores)), scores.programme.dates
    partners: dict[str, list[SlipPartner]] = defaultdict(list)

    def told(person: str, name: str) -> str | None:
        found: str | None = getattr(facts.person[person], name) if name in include else None
        return found

    def partner(person: str, role: Side, common: Common, hour: Any) -> SlipPartner:
        return SlipPartner(person, role, told(person, "name"), told(person, "email"), common, hour)

    for pair in outcome.pairs:
        both = Common.of(scores, pair.mentor, pair.mentee)
        hour = first_hour(facts.hours(pair.mentor), facts.hours(pair.mentee), days)
        partners[pair.mentor].append(partner(pair.mentee, "mentee", both, hour))
        partners[pair.mentee].append(partner(pair.mentor, "mentor", both, hour))
    alone: dict[str, list[str]] = defaultdict(list)
    for each in outcome.unmatched:
        if each.role != "none":
            alone[each.id].append(code_sent(each))
    return Slips(
        language,
        tuple(
            Slip(
                person,
                told(person, "name"),
                told(person, "email"),
                tuple(partners[person]),
                tuple(alone[person]),
            )
            for person in sorted({*partners, *alone}, key=natural)
        ),
        tuple(days),
    )


def code_sent(alone: Unmatched) -> str:
    """Return as what the reason of somebody without a partner may be sent."""
    # That somebody does not want to meet them is no rule, and theirs to tell.
    return HIDDEN if "exclude" in alone.rules else SENT.get(alone.code, HIDDEN)


def reason_sent(alone: Unmatched) -> str:
    """Return the reason of somebody without a partner as they may read it: it names nobody, and no rule."""
    return " ".join([NO_PARTNER, *filter(None, [WHY.get(code_sent(alone))])])


def _names(ids: Iterable[str]) -> Iterator[str]:
    """Go through names of files: ids as any system takes them, told apart also where case does not count."""
    seen = Counter[str]()
    for each in ids:
        name = quote(each, safe=" ").replace(".", "%2E").strip() or "%20"
        seen[name.casefold()] += 1
        count = seen[name.casefold()]
        yield name if count == 1 else f"{name}~{count}"
