"""What the service keeps: staff and rounds, as rows of one SQLite file that every process opens for itself."""

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import rmatch

FIELDS = fields(rmatch.Person)
LISTS = {field.name for field in FIELDS if field.default == () or field.default_factory is dict}
TABLES = f"""create table if not exists staff ({", ".join(field.name for field in FIELDS)}, primary key (id));
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

    def sign_up(self, person: rmatch.Person) -> None:
        """Write down whatever is known of a person."""
        cells = [
            json.dumps(cell) if isinstance(cell, tuple | Mapping) else cell
            for cell in asdict(person).values()
        ]
        self.run(f"insert or replace into staff values ({', '.join('?' * len(cells))})", *cells)

    def staff(self) -> list[rmatch.Person]:
        """Return everybody, as rmatch reads them."""
        return [
            rmatch.Person(
                **{
                    name: json.loads(cell) if name in LISTS else cell
                    for name, cell in row.items()
                    if cell is not None
                }
            )
            for row in self.run("select * from staff")
        ]

    def rounds(self, number: int) -> list[dict[str, Any]]:
        """Return the round of a number, if there is one."""
        return self.run("select * from round where number = ?", number)

    def note(self, number: int, **columns: Any) -> None:
        """Write down how a round goes on."""
        for column, value in columns.items():
            text = value if isinstance(value, str | int) else json.dumps(value)
            self.run(f"update round set {column} = ? where number = ?", text, number)
