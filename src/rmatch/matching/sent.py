"""What of a matching is sent to the participants."""

from __future__ import annotations

from collections.abc import Sequence

from rmatch.matching.connected import Connected
from rmatch.matching.export import Contact, check_contacts
from rmatch.rounds import Slips, slips_of


class Sent(Connected):
    """A matching that writes to its participants."""

    def slips(self, language: str = "en", *, include: Sequence[Contact] = ()) -> Slips:
        """Return what each participant is sent: with whom, and what the two have for each other.

        A slip says no points and nothing of a third person, no answer to a demographic question, and lived topics only where
        they were released to partners. Of somebody without a partner it says why only as far as that names nobody and no
        rule. Every language says the same.

        Parameters
        ----------
        language : str
            ``"en"``, ``"de"``, ``"es"`` or ``"fr"``; other languages than English need the extra ``letters``.
        include : sequence of {"name", "email"}
            What to add beside the ids, of the participant and of the partners.

        Returns
        -------
        Slips
            One a participant, to be written as pages, as texts, or as rows for mail merge.

        Raises
        ------
        InvalidInputError
            For a language without a catalogue, an unknown column, or a saved round without its people.
        ModuleNotFoundError
            Where Babel, which reads catalogues, is not installed.

        Examples
        --------
        >>> import rmatch
        >>> matching = rmatch.match(rmatch.datasets.example())
        >>> slips = matching.slips()
        >>> print(slips)  # doctest: +ELLIPSIS
        24 slips in 'en', 4 participants without a partner
        <BLANKLINE>
        For example:
        <BLANKLINE>
          Your partner in reverse mentoring
        <BLANKLINE>
          Hello,
        <BLANKLINE>
          E13 is your mentor. E13 can teach you: employer reputation. ...
        """
        check_contacts(include)
        return slips_of(self, language, include)
