"""The verbs of the command line, one module for each family of them: only that of the verb that runs is imported."""

from __future__ import annotations

from rmatch.cli.verb import Verb

VERBS: dict[str, Verb] = {
    "match": Verb("make the best pairs and verify them, and show or write them", "match:MATCH"),
    "check": Verb(
        "show what was understood, and say what is wrong, or will be, before anything is decided",
        "look:CHECK",
    ),
    "score": Verb("give every possible pair its points, and decide nothing", "look:SCORE"),
    "readiness": Verb(
        "say what the data tell about a programme that might be started, and what they cannot tell",
        "look:READINESS",
    ),
    "what-if": Verb(
        "say what a matching would be if people, requests or the programme were different",
        "advise:WHAT_IF",
    ),
    "recruit": Verb(
        "say which mentors are worth most to recruit, one more of each kind and the best few together",
        "advise:RECRUIT",
    ),
    "fix": Verb(
        "find the cheapest changes that give somebody a partner and take nobody's away",
        "advise:FIX",
    ),
    "verify": Verb(
        "check a saved round without the solver, against people, programme and requests of your own",
        "ask:VERIFY",
    ),
    "bundle": Verb(
        "put a saved round into an archive for an auditor, with hashes and a page in words",
        "keep:BUNDLE",
    ),
    "rematch": Verb(
        "make the next pairs after a round, with the fewest changes, and verify them",
        "life:REMATCH",
    ),
    "diff": Verb(
        "compare two saved rounds: which pairs are kept, which are new, which are broken, and why",
        "life:DIFF",
    ),
    "plan": Verb(
        "plan several rounds: who meets whom in each, nobody the same partner twice", "plan:PLAN"
    ),
    "replan": Verb(
        "plan the rest of a plan again after a round: whatever can stay, stays", "replan:REPLAN"
    ),
    "show": Verb(
        "list all pairs of a round, the least good first, and everybody without a partner",
        "show:SHOW",
    ),
    "explain": Verb(
        "say why two people are, or are not, a pair; or everything about one person", "ask:EXPLAIN"
    ),
    "alternatives": Verb(
        "say which other partners of a person would cost the programme least", "ask:ALTERNATIVES"
    ),
    "stand-ins": Verb(
        "say who stands in if people decline, and what to expect of the first answers",
        "ask:STAND_INS",
    ),
    "fairness": Verb(
        "say how fair a matching is: what each side gains, who would rather meet whom, how groups fare",
        "ask:FAIRNESS",
    ),
    "report": Verb(
        "write the organiser's page: pairs and reasons, who has no partner, topics, fairness, in one file",
        "report:REPORT",
    ),
    "board": Verb(
        "write the board's page: one printed page of figures, with nobody on it", "board:BOARD"
    ),
    "slips": Verb(
        "write to the participants: a page, a text or a row of a table for each, in their language",
        "send:SLIPS",
    ),
    "frontier": Verb(
        "say what a better deal for the worst pairs costs, or a stricter quota", "weigh:FRONTIER"
    ),
    "lottery": Verb(
        "say how likely each pair is where no pair may be likelier than a cap, and draw a matching",
        "weigh:LOTTERY",
    ),
    "template": Verb("write a table of people to fill in", "begin:TEMPLATE"),
    "init": Verb(
        "guess how a table that you have is read, and write mapping.toml and programme.toml",
        "begin:INIT",
    ),
    "demo": Verb("match a small invented company and show why", "begin:DEMO"),
}
