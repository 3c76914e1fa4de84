"""What a worker is told by its environment."""

import os
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, PositiveInt, ValidationError

from oms_jobs.errors import JobError


class Settings(BaseModel):
    """One field a variable; what is wrong is told when a worker starts, not when it is used."""

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True)

    worker_url: str = Field(alias="OMS_WORKER_URL", pattern=r"^postgres(ql)?://")
    """How to connect: `postgresql://oms_worker:PASSWORD@host:port/database`."""

    listen: bool = Field(default=True, alias="OMS_WORKER_LISTEN")
    """Whether to LISTEN, which a pooler that hands out transactions does not pass on."""

    poll_seconds: PositiveFloat = Field(default=1, alias="OMS_WORKER_POLL_SECONDS")
    """How often to look for what nobody was woken for."""

    concurrency: PositiveInt = Field(default=4, alias="OMS_WORKER_CONCURRENCY")
    """How many jobs to run at once."""

    stop_seconds: PositiveFloat = Field(default=30, alias="OMS_WORKER_STOP_SECONDS")
    """How long to wait for running jobs when told to stop."""

    stalled_seconds: PositiveFloat = Field(default=30, alias="OMS_WORKER_STALLED_SECONDS")
    """How long a worker may be silent before others take its jobs; the same for all workers."""

    health_host: str = Field(default="127.0.0.1", alias="OMS_WORKER_HEALTH_HOST")
    health_port: int | None = Field(default=None, alias="OMS_WORKER_HEALTH_PORT")
    """Where to tell of health and metrics; nowhere if unset."""

    @classmethod
    def from_environment(cls) -> Self:
        """Read them; an empty variable is as good as none."""
        try:
            return cls.model_validate({name: text for name, text in os.environ.items() if text})
        except ValidationError as error:
            [first, *_] = error.errors(include_url=False, include_input=False)
            raise JobError(
                f"{first['loc'][0]}: {first['msg']}.", "docs/operations.md tells of each variable."
            ) from error
