"""What can keep a job from its work that a person can mend."""


class JobError(Exception):
    """An expected failure: what went wrong, and what to do next."""

    def __init__(self, what: str, next_step: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step


class UnreachableError(JobError):
    """The database does not answer, or does not know the worker."""
