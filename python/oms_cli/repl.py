"""`oms sql`: a small SQL prompt that can act as any member."""

import sys
from collections.abc import Iterable, Iterator

import psycopg

from oms_cli.console import err, out, print_json, table
from oms_cli.server import Connection


def run(connection: Connection, statements: str, *, as_json: bool) -> None:
    """Run statements and print the result of each."""
    cursor = connection.execute(statements.encode())
    while True:
        _show(cursor, as_json=as_json)
        if not cursor.nextset():
            return


def prompt(connection: Connection, *, as_json: bool) -> None:
    """Read statements from the terminal until its end."""
    import readline  # noqa: F401, PLC0415  # history and editing for input()

    err.print("End a statement with ;  leave with \\q", style="dim")
    for statement in _statements(_lines()):
        try:
            run(connection, statement, as_json=as_json)
        except psycopg.Error as error:
            err.print(complaint(error), style="red", markup=False)


def complaint(error: psycopg.Error) -> str:
    """Say what Postgres refused, with the stable code and details that it gave."""
    parts = [error.diag.message_primary or str(error).strip()]
    parts += [f"hint: {error.diag.message_hint}"] if error.diag.message_hint else []
    parts += [f"detail: {error.diag.message_detail}"] if error.diag.message_detail else []
    return f"{error.sqlstate or 'error'}: " + "\n  ".join(parts)


def _show(cursor: psycopg.Cursor[tuple[object, ...]], *, as_json: bool) -> None:
    if cursor.description is None:
        if not as_json:
            out.print(cursor.statusmessage or "", style="dim", markup=False)
        return
    columns = [column.name for column in cursor.description]
    rows = cursor.fetchall()
    if as_json:
        print_json({"rows": [dict(zip(columns, row, strict=True)) for row in rows]})
    else:
        out.print(table(columns, rows))
        out.print(f"({len(rows)} row{'' if len(rows) == 1 else 's'})", style="dim")


def _lines() -> Iterator[str]:
    while True:
        try:
            yield input("oms> ")
        except EOFError:
            return


def _statements(lines: Iterable[str]) -> Iterator[str]:
    """Join lines until one ends with a semicolon outside of a dollar-quoted body."""
    pending: list[str] = []
    for line in lines:
        if not pending and line.strip() in ("\\q", "quit", "exit"):
            sys.stdout.flush()
            return
        pending.append(line)
        text = "\n".join(pending)
        if text.strip() and line.rstrip().endswith(";") and text.count("$$") % 2 == 0:
            pending.clear()
            yield text
