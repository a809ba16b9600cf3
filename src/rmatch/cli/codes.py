"""Exit codes."""

from __future__ import annotations

FINE = 0
NO_ANSWER = 1
BAD_INPUT = 2
INTERRUPTED = 130
UNREAD = 141
CODES = """\
exit codes:
  0    fine
  1    check found errors, or no matching can do what is asked, or the result failed its verification
  2    wrong input or usage, or what the system does not let be read or written
  130  interrupted, or out of time before there was an answer; what a long run has found by then is written,
       with a bound on what could be better
  141  nobody read the output to its end, or it is closed
"""
