"""The logger `rmatch`: what a host may want to follow, and never who the people are.

It is silent until the host gives it a handler. INFO and above hold sizes, routes, steps and seconds; DEBUG how far a run
is. Neither holds an id, a name, a seed or anything that somebody answered.
"""

from __future__ import annotations

import logging

LOG = logging.getLogger("rmatch")
# Without a handler of its own, warnings would go to the standard error of hosts that never asked for them.
LOG.addHandler(logging.NullHandler())
