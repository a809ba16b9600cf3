"""The numbers that decide how fast column generation is, and never what it finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tuning:
    """Sizes of samples, lists and blocks.

    Attributes
    ----------
    written_out : int
        Up to so many pairs all of them are candidates from the beginning.
    sample : float
        The share of the people whose best matching gives the first prices.
    averaged : int
        Over how many of the best pairs in the sample a price is averaged.
    first, later : int
        How many pairs of each person are candidates at first, and how many a pass adds.
    few : int
        How many pairs of each of a few people are candidates at first, where the others are many.
    polled : int
        About how many people tell how far below prices that are known beforehand candidates are.
    partly : float
        Below this share of all pairs, a pass looks only at those whose prices have fallen.
    tight : int
        Up to so many tight pairs all of them are written down to decide ties.
    blocks, block : int
        Stored points are looked at in up to so many blocks, each of about so many pairs or more: each begins its lists
        anew.
    asked : int
        About how many pairs a function of blocks is asked for at once.
    longest : int
        No block has more pairs than about so many, so that a run that is to stop waits for none of them.
    far : int
        From so many pairs on a pass goes to the executor that was given.
    sent : int
        No pass goes there in more blocks than so many: with each go the prices of all columns.
    """

    written_out: int = 2**16
    sample: float = 1 / 8
    averaged: int = 5
    first: int = 8
    later: int = 4
    few: int = 16
    polled: int = 64
    partly: float = 0.7
    tight: int = 2**19
    blocks: int = 16
    block: int = 2**19
    asked: int = 2**23
    longest: int = 2**26
    far: int = 2**22
    sent: int = 2**8


DEFAULT = Tuning()
