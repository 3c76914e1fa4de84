"""The one error that the commands show to a person."""


class OmsCliError(Exception):
    """An expected failure: what went wrong, and what to do next."""

    def __init__(self, what: str, next_step: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.next_step = next_step
