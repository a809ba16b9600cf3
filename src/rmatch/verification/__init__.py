"""Independent checking of a result, without the solver."""

from collections.abc import Callable

from rmatch.verification.verified import Verified
from rmatch.verification.verify import verify
from rmatch.verification.vouched import FIELDS, Field, Vouched, field_of

__all__ = ["FIELDS", "Field", "Verified", "Vouched", "field_of", "verify"]
__dir__: Callable[[], list[str]] = __all__.copy
