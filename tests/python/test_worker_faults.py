"""Workers and the database, killed: nothing is lost, nothing is done twice, all goes on."""

import os
import random
import signal
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from conftest import Database
from oms_cli import postgres, process
from oms_cli.paths import Project
from working import CLEAN, ORGANIZATIONS, QUEUED, Observed, start, until, working

BRAND, _ = ORGANIZATIONS
QUICK: Any = {"OMS_WORKER_STALLED_SECONDS": "3", "OMS_WORKER_POLL_SECONDS": "0.1"}


@pytest.fixture(scope="module")
def observed(database: Database) -> Observed:
    made = Observed.make(database)
    made.make_due()
    # What a killed server has committed is there afterwards; the tests' own does without that.
    with psycopg.connect(database.url, autocommit=True) as owner:
        name = sql.Identifier(database.server.database)
        owner.execute(sql.SQL("alter database {} set synchronous_commit to on").format(name))
    return made


@pytest.fixture(autouse=True)
def clean(observed: Observed) -> None:
    observed.execute(CLEAN)


def test_a_job_that_ran_in_a_killed_worker_is_done_by_another(
    observed: Observed, tmp_path: Path
) -> None:
    observed.execute("update tests.sweeping set seconds = 3")
    observed.make_due("sweep")
    with working(observed, tmp_path, **QUICK) as [worker]:
        until(lambda: observed.ask(QUEUED) == [("doing", 0)] * 2)
        worker.kill()
    assert observed.ask(QUEUED) == [("doing", 0)] * 2
    observed.execute("update tests.sweeping set seconds = 0")
    with working(observed, tmp_path, **QUICK):
        until(lambda: not observed.ask(QUEUED))
    assert len(observed.ask("select from tests.swept")) == 2


def test_nothing_is_lost_or_told_twice_or_out_of_order_whenever_workers_are_killed(
    observed: Observed, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    dice = random.Random(7)  # noqa: S311  # the same game each time
    workers = [start(observed, tmp_path / "0.log", **QUICK)]
    wanted: dict[int, list[str]] = {entity: [] for entity in range(6)}
    jobs = 0
    try:
        for n in range(request.config.getoption("--rounds")):
            workers.append(start(observed, tmp_path / f"{n + 1}.log", **QUICK))
            until(lambda: workers[-1].health()[0] == 200)
            for burst in range(dice.randrange(5, 25)):
                entity = dice.randrange(6)
                numbers = [f"{n}.{burst}.{nth}" for nth in range(dice.randrange(1, 40))]
                observed.emit(*numbers, entity=entity, organization=ORGANIZATIONS[entity % 2])
                wanted[entity] += numbers
            jobs += observed.execute(
                """
                select jobs.procrastinate_defer_jobs_v1(array[row(
                  'housekeeping', 'run_job', 0, %s::text, null,
                  jsonb_build_object('job', 'sweep', 'organization_id', %s::uuid), null
                )::jobs.procrastinate_job_to_defer_v1])
                """,
                f"round {n}",
                BRAND,
            )
            workers.pop(dice.randrange(2)).kill()
        until(lambda: not observed.ask("select from private.outbox as e where e.is_pending"))
        until(lambda: not observed.ask(QUEUED))
    finally:
        for worker in workers:
            worker.stop()
    assert {entity: observed.told(entity) for entity in wanted} == wanted
    assert len(observed.ask("select from tests.swept")) >= jobs


def test_workers_outlive_the_database(
    observed: Observed, tmp_path: Path, database: Database, project: Project
) -> None:
    if os.environ.get("OMS_DATABASE_URL"):
        pytest.skip("the server is somebody else's")
    with psycopg.connect(database.server.admin_url, autocommit=True) as admin:
        [folder] = admin.execute("show data_directory").fetchone() or ()
        [port] = admin.execute("show port").fetchone() or ()
    cluster = postgres.locate(project, Path(folder).parent)
    observed.execute("update tests.sweeping set seconds = 3")
    observed.make_due("sweep")
    with working(observed, tmp_path, **QUICK) as [worker]:
        until(lambda: observed.ask(QUEUED) == [("doing", 0)] * 2)
        observed.emit("before")
        until(lambda: observed.told() == ["before"])
        master = int((cluster.data / "postmaster.pid").read_text().split()[0])
        os.kill(master, signal.SIGKILL)
        until(lambda: not process.anyone_in(cluster.data))
        until(lambda: worker.health()[0] == 503)
        assert worker.process.poll() is None
        cluster.start(int(port), postgres.THROWAWAY_SETTINGS)
        observed.execute("update tests.sweeping set seconds = 0")
        observed.emit("after")
        until(lambda: observed.told() == ["before", "after"])
        until(lambda: not observed.ask(QUEUED))
        until(lambda: worker.health()[0] == 200)
    assert len(observed.ask("select from tests.swept")) == 2
