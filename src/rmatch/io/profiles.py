"""Reading profiles: mentors who might be recruited, and are nobody yet."""

from __future__ import annotations

from typing import Any

from rmatch.io.assemble import assemble
from rmatch.io.join.several import read_tables
from rmatch.io.parse import parse
from rmatch.people import People
from rmatch.utils.log import timed


@timed
def read_profiles(source: Any) -> People:
    """Read profiles of mentors, and say everything that is wrong with them at once.

    Parameters
    ----------
    source : path, dataframe, sequence or People
        What :func:`rmatch.read_people` takes, with rmatch's own columns and the name of a profile for its id. A `role` may be
        left out. Profiles that were read already are returned as they are.

    Returns
    -------
    People
        The profiles, mentors all, in the order of the input.

    Raises
    ------
    InvalidInputError
        If anything is wrong, as for :func:`rmatch.read_people`.

    Examples
    --------
    >>> profiles = read_profiles([{"id": "a tester", "offers": "accessible documents:5"}])
    >>> profiles.person(0).role, profiles.topics
    ('mentor', ('accessible documents',))
    """
    if isinstance(source, People):
        return source
    return assemble([parse(read_tables(source, None), None, "mentors")], [None], one_side=True)
