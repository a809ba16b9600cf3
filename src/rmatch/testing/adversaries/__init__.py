"""Those who try: tamperers, forgers, readers who solve reports for the people in them, and canaries that tell of leaks.

What checks results has to reject what a tamperer or a forger makes, whoever wrote it: :func:`tamperings` changes any field
of any result, :func:`document_tamperings` any of what it was written as, and :func:`forgeries` makes proofs of what is not true.

A reader is handed what is published and what a colleague may know anyway, such as who has a partner, and returns what
follows with certainty. Nothing here knows how rmatch decides what to publish, so it reads the reports of any program.
"""

from __future__ import annotations

from rmatch.testing.adversaries.canaries import Aviary, escaped
from rmatch.testing.adversaries.documents import document_tamperings
from rmatch.testing.adversaries.forgers import Forgery, forgeries
from rmatch.testing.adversaries.readers import Found, by_equations, by_whole_numbers
from rmatch.testing.adversaries.rule import knowing_the_rule
from rmatch.testing.adversaries.statements import Statement, statements
from rmatch.testing.adversaries.tamperer import Tampering, tampered, tamperings

__all__ = [
    "Aviary",
    "Forgery",
    "Found",
    "Statement",
    "Tampering",
    "by_equations",
    "by_whole_numbers",
    "document_tamperings",
    "escaped",
    "forgeries",
    "knowing_the_rule",
    "statements",
    "tampered",
    "tamperings",
]
