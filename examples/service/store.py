"""What the service keeps: staff and rounds, as rows of one SQLite file that every process opens for itself."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

TABLES = """create table if not exists staff (
    id text primary key, role text, years real, site text, offers text, wants text);
create table if not exists round (number integer primary key, seed text, programme text,
    state text default 'waiting', progress text, faults text, document text, cancelled integer default 0);
"""


class Store:
    """Rows in, rows out; what is a list or a mapping stands in its column as JSON."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with closing(sqlite3.connect(path)) as database:
            database.executescript(TABLES)

    def run(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        """Run one statement, and return its rows."""
        with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
            database.row_factory = sqlite3.Row
            return [dict(row) for row in database.execute(statement, values)]

    def staff(self) -> list[dict[str, Any]]:
        """Return everybody, as rmatch reads them."""
        rows = self.run("select * from staff")
        return [row | {name: json.loads(row[name]) for name in ("offers", "wants")} for row in rows]

    def rounds(self, number: int) -> list[dict[str, Any]]:
        """Return the round of a number, if there is one."""
        return self.run("select * from round where number = ?", number)

    def note(self, number: int, **columns: Any) -> None:
        """Write down how a round goes on."""
        for column, value in columns.items():
            text = value if isinstance(value, str | int) else json.dumps(value)
            self.run(f"update round set {column} = ? where number = ?", text, number)
