"""Independent checking of an answer, without the solver."""

from rmatch.verification.verify import Verified, verify

__all__ = ["Verified", "verify"]
