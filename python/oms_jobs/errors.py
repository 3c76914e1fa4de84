"""What can keep a job from its work that a person can mend, and how any failure is told."""

import psycopg


class JobError(Exception):
    """An expected failure: what went wrong, and what to do next."""

    def __init__(self, what: str, next_step: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step


class UnreachableError(JobError):
    """The database does not answer, or does not know the worker."""


def told(error: BaseException) -> str:
    """Tell a failure in a line: a refusal of ours by its code, others by what Postgres calls them.

    Without details: they may hold what is in the row.
    """
    if isinstance(error, psycopg.Error) and error.diag.message_primary:
        hint = error.diag.message_hint or ""
        code = hint if hint.startswith("OMS_") else error.sqlstate
        return f"{code}: {error.diag.message_primary}"
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
