"""Organizations of a test's own, to import files into."""

import csv
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import sql

from oms_cli.imports import (
    FileMapping,
    ImportResult,
    import_file,
    import_orders,
    import_styles,
)
from oms_cli.server import Connection

BUYS_NEW: dict[str, object] = {"orders": {"create_clients": True}}

Book = Path | Sequence[Mapping[str, str]]
Spelling = Path | Mapping[str, object] | None


@dataclass(frozen=True)
class Office:
    """An organization of the test's own, and a folder for its files."""

    connection: Connection
    code: str
    folder: Path

    def styles(self, rows: Book, mapping: Spelling = None, **options: Any) -> ImportResult:
        file, how = self._written(rows), spelled(mapping)
        return import_styles(self.connection, file, how, organization=self.code, **options)

    def orders(self, rows: Book, mapping: Spelling = BUYS_NEW, **options: Any) -> ImportResult:
        file, how = self._written(rows), spelled(mapping)
        return import_orders(self.connection, file, how, organization=self.code, **options)

    def brings(
        self, kind: str, rows: Book, mapping: Spelling = None, **options: Any
    ) -> ImportResult:
        file, how = self._written(rows), spelled(mapping)
        return import_file(kind, self.connection, file, how, organization=self.code, **options)

    def _written(self, rows: Book) -> Path:
        return rows if isinstance(rows, Path) else write_csv(self.folder / "file.csv", rows)

    def rows(self, query: str | sql.Composed, **values: object) -> list[tuple[object, ...]]:
        """Ask the database; `%(own)s` is the organization."""
        text = query.encode() if isinstance(query, str) else query
        return self.connection.execute(text, {"own": self.id} | values).fetchall()

    def count(self, table: str) -> int:
        query = sql.SQL("select count(*) from ops.{} where organization_id = %(own)s")
        return int(str(self.rows(query.format(sql.Identifier(table)))[0][0]))

    def add_company(self, kind: str, code: str, name: str) -> None:
        self.rows(
            """
            insert into ops.directory (organization_id, kinds, code, name, created_by)
            values (%(own)s, array[%(kind)s]::ops.party_kind[], %(code)s, %(name)s, %(own)s)
            returning id
            """,
            kind=kind,
            code=code,
            name=name,
        )

    @property
    def id(self) -> object:
        found = self.connection.execute(
            "select id from ops.organizations where code = %s", [self.code]
        ).fetchone()
        assert found
        return found[0]


def new_office(connection: Connection, folder: Path) -> Office:
    code = f"office-{secrets.token_hex(4)}"
    connection.execute(
        """
        with tenant as (insert into ops.tenants (name) values (%(code)s) returning id)
        insert into ops.organizations (tenant_id, code, name, currency)
        select tenant.id, %(code)s, %(code)s, 'USD' from tenant
        """,
        {"code": code},
    )
    return Office(connection, code, folder)


def spelled(mapping: Spelling) -> FileMapping | Path | None:
    return FileMapping.model_validate(mapping) if isinstance(mapping, Mapping) else mapping


def write_csv(file: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.DictWriter(output, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def codes(result: ImportResult) -> list[str]:
    return [problem.code for problem in result.problems]


def rows_by_code(result: ImportResult) -> Counter[str]:
    return Counter(code for _, code in {(p.line_number, p.code) for p in result.problems})


def found(result: ImportResult) -> list[tuple[int, str | None, str]]:
    return [(problem.line_number, problem.column, problem.code) for problem in result.problems]
