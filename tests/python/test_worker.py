"""Workers, as real processes: what they do, when they are killed, and when the database is."""

import json
from collections import Counter
from pathlib import Path

import httpx
import psycopg
import pytest

from conftest import Database
from working import CLEAN, ORGANIZATIONS, QUEUED, Observed, Worker, oms, until, working

BRAND, RIVAL = ORGANIZATIONS
NEVER = "86400"


@pytest.fixture(scope="module")
def observed(database: Database) -> Observed:
    made = Observed.make(database)
    made.make_due()
    return made


@pytest.fixture(autouse=True)
def clean(observed: Observed) -> None:
    observed.execute(CLEAN)


# Events


def test_an_event_is_handled_when_it_is_committed(observed: Observed, tmp_path: Path) -> None:
    with working(observed, tmp_path, OMS_WORKER_POLL_SECONDS=NEVER):
        observed.emit("A", "B")
        until(lambda: observed.told() == ["A", "B"])
        observed.emit("C", organization=RIVAL)
        until(lambda: observed.told() == ["A", "B", "C"])


def test_an_event_is_found_where_no_notification_passes(observed: Observed, tmp_path: Path) -> None:
    with working(observed, tmp_path, OMS_WORKER_LISTEN="false"):
        observed.emit("A")
        until(lambda: observed.told() == ["A"])
        listening = observed.ask(
            "select from pg_stat_activity as a "
            "where a.usename = 'oms_worker' and a.query ilike 'listen%'"
        )
        assert not listening


def test_an_event_is_found_when_the_listener_is_cut_off(
    observed: Observed, tmp_path: Path, database: Database
) -> None:
    with working(observed, tmp_path, OMS_WORKER_POLL_SECONDS=NEVER) as [worker]:
        cut = """
            select pg_terminate_backend(a.pid) from pg_stat_activity as a
            where a.usename = 'oms_worker' and a.query ilike 'listen "oms_outbox"'
        """
        with psycopg.connect(database.server.admin_url, autocommit=True) as admin:
            assert admin.execute(cut).rowcount == 1
        until(lambda: b'"part": "listener"' in worker.log.read_bytes())
        observed.emit("A")
        until(lambda: observed.told() == ["A"])


def test_two_workers_share_the_work_and_nothing_is_told_twice(
    observed: Observed, tmp_path: Path
) -> None:
    with working(observed, tmp_path, count=2) as workers:
        for n in range(60):
            observed.emit(f"{n}", entity=n % 7, organization=ORGANIZATIONS[n % 2])
        until(lambda: len(observed.told()) >= 60)
        assert Counter(observed.told()) == Counter(str(n) for n in range(60))
        handled = [handled_by(worker) for worker in workers]
        assert sum(handled) == 60


def handled_by(worker: Worker) -> int:
    text = httpx.get(f"http://127.0.0.1:{worker.port}/metrics", timeout=10).text
    [line] = [one for one in text.splitlines() if one.startswith("oms_events_handled_total ")]
    return int(float(line.split()[1]))


def test_a_poisoned_event_holds_up_only_what_happened_to_the_same_row(
    observed: Observed, tmp_path: Path
) -> None:
    observed.execute("insert into tests.poison values ('BAD')")
    with working(observed, tmp_path):
        observed.emit("BAD", entity=1)
        observed.emit("LATER", entity=1)
        observed.emit("GOOD", entity=2)
        until(lambda: observed.told() == ["GOOD"])
        observed.execute("delete from tests.poison")
        observed.execute("update private.outbox set next_attempt_at = now() where is_pending")
        until(lambda: observed.told() == ["GOOD", "BAD", "LATER"])


def test_an_event_that_was_given_up_is_shown_with_its_reason_and_taken_up_again(
    observed: Observed, tmp_path: Path
) -> None:
    observed.execute("insert into tests.poison values ('BAD')")
    observed.emit("BAD")
    observed.execute("update private.outbox set attempts = 7")
    with working(observed, tmp_path):
        until(lambda: observed.ask("select from private.outbox as e where e.dead_at is not null"))
        [dead] = json.loads(oms(observed, "jobs", "dead", "--json").stdout)["dead"]
        assert (dead["kind"], dead["what"], dead["organization"]) == (
            "event",
            "purchase_order.sent",
            "brand",
        )
        assert "OMS_INVALID_ARGUMENT This one cannot be handled." in dead["error"]
        observed.execute("delete from tests.poison")
        assert oms(observed, "jobs", "retry", dead["id"]).returncode == 0
        until(lambda: observed.told() == ["BAD"])
        assert "Nothing was given up." in oms(observed, "jobs", "dead").stdout


# Jobs


def test_what_is_due_is_done_once_for_each_organization_however_many_workers(
    observed: Observed, tmp_path: Path
) -> None:
    observed.make_due("sweep")
    with working(observed, tmp_path, count=3, OMS_WORKER_POLL_SECONDS="0.1"):
        until(lambda: len(observed.ask("select from tests.swept")) >= 2)
        until(lambda: not observed.ask(QUEUED))
    assert Counter(observed.ask("select organization_id from tests.swept")) == Counter(
        (organization,) for organization in ORGANIZATIONS
    )


def test_a_job_that_is_refused_is_given_up_after_three_attempts_and_can_be_revived(
    observed: Observed, tmp_path: Path
) -> None:
    observed.execute("update tests.sweeping set is_broken = true")
    observed.make_due("sweep")
    with working(observed, tmp_path):
        for attempts in (1, 2):
            until(lambda attempts=attempts: observed.ask(QUEUED) == [("todo", attempts)] * 2)  # type: ignore[misc]
            observed.execute("update jobs.procrastinate_jobs set scheduled_at = now()")
        until(lambda: observed.ask(QUEUED) == [("failed", 3)] * 2)
        found = json.loads(oms(observed, "jobs", "dead", "--json").stdout)["dead"]
        assert {(dead["kind"], dead["what"], dead["organization"]) for dead in found} == {
            ("job", "sweep", "brand"),
            ("job", "sweep", "rival"),
        }
        assert {dead["error"] for dead in found} == {"OMS_INVALID_ARGUMENT: The broom is broken."}
        observed.execute("update tests.sweeping set is_broken = false")
        assert oms(observed, "jobs", "retry", "--all").returncode == 0
        until(lambda: not observed.ask(QUEUED))
    assert len(observed.ask("select from tests.swept")) == 2


def test_a_worker_that_is_told_to_stop_ends_what_it_has_begun(
    observed: Observed, tmp_path: Path
) -> None:
    observed.execute("update tests.sweeping set seconds = 2")
    observed.make_due("sweep")
    with working(observed, tmp_path) as [worker]:
        until(lambda: observed.ask(QUEUED) == [("doing", 0)] * 2)
        assert worker.stop() == 0
    assert not observed.ask(QUEUED)
    assert len(observed.ask("select from tests.swept")) == 2


def test_a_worker_does_not_wait_for_ever_when_it_is_told_to_stop(
    observed: Observed, tmp_path: Path
) -> None:
    observed.execute("update tests.sweeping set seconds = 3600")
    observed.make_due("sweep")
    with working(observed, tmp_path, OMS_WORKER_STOP_SECONDS="1") as [worker]:
        until(lambda: observed.ask(QUEUED) == [("doing", 0)] * 2)
        assert worker.stop() == 0
    assert not observed.ask("select from tests.swept")
    # Nor does the database go on with what nobody waits for any more.
    until(
        lambda: (
            not observed.ask(
                "select from pg_stat_activity as a "
                "where a.usename = 'oms_worker' and a.datname = current_database()"
            )
        )
    )


def test_a_worker_takes_jobs_of_its_queues_only(observed: Observed, tmp_path: Path) -> None:
    observed.make_due("sweep")
    with working(observed, tmp_path, "--queues", "planning,mail", OMS_WORKER_POLL_SECONDS="0.1"):
        until(lambda: observed.ask(QUEUED) == [("todo", 0)] * 2)
        observed.emit("A")
        until(lambda: observed.told() == ["A"])
    assert not observed.ask("select from tests.swept")


def test_a_job_is_done_at_once_when_somebody_says_so(observed: Observed) -> None:
    done = oms(observed, "jobs", "run", "sweep", "--organization", "rival", "--json")
    [outcome] = json.loads(done.stdout)["outcomes"]
    assert (outcome["organization"], outcome["result"], outcome["error"]) == ("rival", "1", None)
    assert observed.ask("select organization_id from tests.swept") == [(RIVAL,)]
    unknown = oms(observed, "jobs", "run", "dance")
    assert unknown.returncode == 1
    assert "There is no job dance." in unknown.stderr


def test_what_is_scheduled_and_what_waits_is_listed(observed: Observed) -> None:
    listed = json.loads(oms(observed, "jobs", "list", "--json").stdout)
    assert {one["job"] for one in listed["schedules"] if one["organization"] is None} == {
        "maintain_outbox",
        "sweep_queue",
    }
    assert listed["queue"] == []


def test_a_worker_refuses_to_start_without_its_queue(
    observed: Observed, database: Database
) -> None:
    observed.execute("comment on table jobs.procrastinate_jobs is 'procrastinate 3.0.0'")
    refused = oms(observed, "work")
    observed.execute("comment on table jobs.procrastinate_jobs is 'procrastinate 3.10.0'")
    assert refused.returncode == 1
    assert "The queue is procrastinate 3.0.0, the workers' is 3.10.0." in refused.stderr
    assert "oms jobs install" in refused.stderr
