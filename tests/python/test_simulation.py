"""Random people, random acts, every rule checked after each; `make soak` goes on and on."""

import itertools
import secrets
import time
from collections import Counter
from collections.abc import Collection, Iterator

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase
from hypothesis.stateful import run_state_machine_as_test
from psycopg import sql
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from builders import World
from catalogue import commands_of
from conftest import Database
from simulation.acts import ACTS
from simulation.machine import Game, Stage
from simulation.sight import UNSEEN, relations

# Of the domain of identity: nobody's work; and what takes a token that stands in a mail only.
NO_PART = {"switch_membership", "unsubscribe"}
# The catalogue tells of commands by their arguments.
NO_ARGUMENTS = {"reschedule_production"}
STEPS_A_GAME = 100
CONSOLE = Console(stderr=True, width=120)


@pytest.fixture(scope="module")
def world(database: Database) -> World:
    return World(database)


@pytest.fixture(scope="module")
def stage(world: World) -> Iterator[Stage]:
    made = Game.stage = Stage(world)
    yield made
    made.close()


def test_every_command_is_in_the_simulation(world: World) -> None:
    assert set(ACTS) == (set(commands_of(world)) | NO_ARGUMENTS) - NO_PART


def test_the_simulation_knows_who_sees_every_relation(world: World) -> None:
    assert set(UNSEEN) == {relation.name for relation in relations(world)}


def test_whatever_anybody_does_no_rule_is_broken(
    stage: Stage, request: pytest.FixtureRequest
) -> None:
    began = time.monotonic()
    if (steps := request.config.getoption("--steps", None)) is None:
        play(games=10, seed=1)
    else:
        soak(stage, steps, request.config.getoption("--seed"))
        show(stage, time.monotonic() - began)
    missing = set(ACTS) - {name for name, outcome in stage.seen if outcome == "done"}
    # A game in which nothing succeeds finds nothing. A short one need not come to everything.
    assert len(missing) <= (0 if steps else len(ACTS) // 4), f"never succeeded: {missing}"


@pytest.mark.parametrize(
    ("table", "trigger", "law"),
    [
        (
            "allocation_items_supplier",
            "_505_derive_allocation_status_update",
            "a_line_has_the_status_that_its_facts_make",
        ),
        (
            "allocation_items_supplier",
            "_520_roll_up_effective",
            "slices_take_no_more_than_their_allocation_item_has",
        ),
        (
            "purchase_order_lines",
            "_500_roll_up_subtotal_insert",
            "a_purchase_order_is_the_sum_of_its_lines",
        ),
    ],
)
def test_a_rule_that_is_off_is_missed(stage: Stage, table: str, trigger: str, law: str) -> None:
    alter = "alter table ops.{} {} trigger {}"
    names = sql.Identifier(table), sql.Identifier(trigger)
    stage.world.owner.execute(sql.SQL(alter).format(names[0], sql.SQL("disable"), names[1]))
    try:
        with pytest.raises(AssertionError, match=law):
            play(games=8, seed=1, phases=[Phase.generate])
    finally:
        stage.world.owner.execute(sql.SQL(alter).format(names[0], sql.SQL("enable"), names[1]))


def play(games: int, seed: int, phases: Collection[Phase] = tuple(Phase)) -> None:
    """Play so many games; one that breaks a rule is made as short as can be, and shown."""
    settings = hypothesis.settings(
        max_examples=games,
        stateful_step_count=STEPS_A_GAME,
        phases=phases,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(hypothesis.seed(seed)(Game), settings=settings)


def soak(stage: Stage, steps: int, seed: int | None) -> None:
    """Play on, with a bar to look at."""
    first = secrets.randbelow(10**6) if seed is None else seed
    with Progress(console=CONSOLE) as progress:
        bar = progress.add_task(f"seed {first}", total=steps)
        for nth in itertools.count(first):
            if stage.steps >= steps:
                break
            play(games=5, seed=nth)
            progress.update(bar, completed=stage.steps, description=f"seed {nth}")


def show(stage: Stage, seconds: float) -> None:
    """Tell what was done, and how often what came of it."""
    table = Table("act", "done", "nothing", "refused", "with")
    for name in [*stage.kinds["command"], *stage.kinds["write"]]:
        outcomes = Counter({o: n for (act, o), n in stage.seen.items() if act == name})
        done, nothing = outcomes.pop("done", 0), outcomes.pop("nothing", 0)
        codes = ", ".join(f"{code} {n}" for code, n in outcomes.most_common(3))
        table.add_row(name, *map(str, (done, nothing, outcomes.total())), codes)
    CONSOLE.print(table)
    CONSOLE.print(
        f"{stage.steps} steps in {stage.games} games, {seconds:.0f} s,"
        f" {stage.steps / seconds:.0f} steps/s"
    )
