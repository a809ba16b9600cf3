"""What criteria and their parts are called in sentences."""

from __future__ import annotations

from rmatch.utils.messages import Message

CRITERIA = {
    "expertise": Message("expertise"),
    "experience_gap": Message("experience gap"),
    "diversity": Message("diversity"),
    "reach": Message("reach"),
    "growth": Message("growth"),
    "wish": Message("wish"),
    "logistics": Message("logistics"),
}


def criterion_words(name: str) -> str:
    """Return what a criterion is called; one's own by its name.

    Parameters
    ----------
    name : str
        Its kind, or the name of a user's own criterion.

    Returns
    -------
    str
        Words, with blanks.

    Examples
    --------
    >>> criterion_words("experience_gap"), criterion_words("my_own")
    ('experience gap', 'my own')
    """
    return CRITERIA.get(name) or name.replace("_", " ")
