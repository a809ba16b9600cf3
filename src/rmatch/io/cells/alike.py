"""What is wrong in the same way with many cells of a column, so that it is said once for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rmatch.utils.validation import Malformed

if TYPE_CHECKING:
    from collections.abc import Sequence

UNSCALED, UNCOVERED, ANSWER, NOTHING = "unscaled", "uncovered", "answer", "nothing"
"""Why: a word without a level, a text beside the options, an answer where a thing should be named, no name at all."""
GRADED, EVERYTHING = "graded", "everything"
"""Why: a word without a level behind a topic, whatever there is instead of a name."""
_PROBLEMS = {
    UNSCALED: ("has no level", "give it one in [scales]"),
    GRADED: ("has no level", "give it one in [scales]"),
    UNCOVERED: ("is none of the options", "add it to [options]"),
    ANSWER: ("is an answer and names nothing", "read the column with [option_columns]"),
    NOTHING: ("names nothing", "leave the cell empty"),
    EVERYTHING: ("names everything", "say what it means in [values]"),
}


class Alike(Malformed):
    """A cell with a fault that others of its column have, too.

    Parameters
    ----------
    why : str
        What is wrong with it.
    *texts : str
        The texts in it that are wrong.

    Examples
    --------
    >>> print(Alike(UNSCALED, "Somewhat"))
    'Somewhat' has no level; give it one in [scales]
    """

    def __init__(self, why: str, *texts: str) -> None:
        super().__init__("; ".join(texts), *_PROBLEMS[why])
        self.why: str = why
        self.texts: Sequence[str] = texts
