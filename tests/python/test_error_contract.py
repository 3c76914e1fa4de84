"""Every refusal as it arrives over HTTP: its status, its code, its sentence, its facts."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import LiteralString
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from builders import RefusedError, Slice, World, as_uuid, fetch
from callers import Callers
from conftest import Api, Database
from oms_cli.types.naming import error_name
from oms_client import refusals
from oms_client.errors import error_of


class Scene(World):
    """The world, and what its people send over HTTP."""

    def __init__(self, database: Database, api: Api) -> None:
        super().__init__(database)
        self.callers = Callers(self, api)

    def call(self, persona: str, command: str, /, **arguments: object) -> httpx.Response:
        return self.callers[persona].post(f"/rpc/{command}", json=plain(arguments))

    def post(self, persona: str, table: str, /, **columns: object) -> httpx.Response:
        return self.callers[persona].post(f"/{table}", json=plain(columns))

    def patch(self, persona: str, table: str, row: object, /, **columns: object) -> httpx.Response:
        return self.callers[persona].patch(f"/{table}?id=eq.{row}", json=plain(columns))

    def on(self, made: Slice, persona: str, command: str, /, **arguments: object) -> httpx.Response:
        """Call a command about a slice."""
        return self.call(persona, command, allocation_item_supplier_id=made.id, **arguments)

    def quoted_slice(self) -> Slice:
        return self.candidates(self.line(), "factory_a")[0]

    def awarded_slice(self, quantity: int = 100) -> Slice:
        made = self.quoted_slice()
        self.award(made, quantity)
        return made

    def signed_slice(self) -> tuple[Slice, UUID]:
        made = self.awarded_slice()
        return made, self.signed(made)


def plain(values: object) -> object:
    """Make ids and the like what JSON knows."""
    converted: object = json.loads(json.dumps(values, default=str))
    return converted


Request = Callable[[Scene], httpx.Response]


@dataclass(frozen=True)
class Refusal:
    """A request that is refused, the sentence with * for what varies, and the facts beside it."""

    request: Request
    sentence: str
    facts: frozenset[str]


REFUSALS: dict[str, Refusal] = {}
# What no request can bring about: PostgREST always runs at read committed.
NOT_OVER_HTTP = {"OMS_ISOLATION_NOT_SUPPORTED"}


def refused(code: str, sentence: str, *facts: str) -> Callable[[Request], Request]:
    """Note that a request is refused with this code."""

    def note(request: Request) -> Request:
        REFUSALS[code] = Refusal(request, sentence, frozenset(facts))
        return request

    return note


@pytest.fixture(scope="module")
def scene(database: Database, api: Api) -> Scene:
    return Scene(database, api)


@pytest.fixture(scope="module", autouse=True)
def healthy(scene: Scene) -> Iterator[None]:
    yield
    assert scene.faults() == []


# Mail


def sent_mail(scene: Scene) -> object:
    """Return the mail of the fixtures, which was sent."""
    return scene.run("sales", "select id from ops.email_log where status = 'sent'")[0]["id"]


@refused("OMS_EMAIL_WAITS", "The mail is queued; it is sent without that.", "id")
def _(scene: Scene) -> httpx.Response:
    [queued] = scene.run("admin", "select (ops.send_test_email('reader@example.com')).id")
    return scene.call("admin", "resend_email", email_id=queued["id"])


@refused("OMS_EMAIL_SWEPT", "What the mail says is deleted, since it is old.", "id")
def _(scene: Scene) -> httpx.Response:
    mail = sent_mail(scene)
    scene.owner.execute("delete from private.email_contents where email_id = %s", [mail])
    return scene.call("sales", "resend_email", email_id=mail)


@refused(
    "OMS_EMAIL_NOT_QUEUED",
    "The mail is sent; only one that is queued can be cancelled.",
    "id",
    "status",
)
def _(scene: Scene) -> httpx.Response:
    return scene.call("sales", "cancel_email", email_id=sent_mail(scene))


# Who asks, and how


@refused(
    "OMS_MEMBERSHIP_NOT_ACTIVE",
    "This token's membership is suspended or has ended; sign in again, or ask an administrator.",
)
def _(scene: Scene) -> httpx.Response:
    return scene.callers["suspended"].get("/orders")


@refused(
    "OMS_COUNT_NOT_ALLOWED",
    "Use Prefer: count=exact; planned and estimated counts are not available here.",
)
def _(scene: Scene) -> httpx.Response:
    return scene.callers["factory_a"].get("/factory_pos", headers={"Prefer": "count=planned"})


@refused("OMS_NOT_FOUND", "There is no contract *.", "id")
def _(scene: Scene) -> httpx.Response:
    return scene.call("planner", "cancel_contract", factory_po_id=uuid4())


@refused("OMS_NOT_ALLOWED", "Prices are not yours to set; leave unit_price out.", "argument")
def _(scene: Scene) -> httpx.Response:
    line = {"colorway_id": scene.colorway(), "quantity": 5, "unit_price": 1}
    return scene.call("planner", "create_order", client_id=scene.party("client_a"), lines=[line])


@refused(
    "OMS_STALE_ROW_VERSION",
    "This row of order_items is at version 1, not 0: it was changed since you read it.",
    "row_version",
)
def _(scene: Scene) -> httpx.Response:
    return scene.patch("sales", "order_items", scene.line(), quantity=5, row_version=0)


@refused(
    "OMS_TRANSITION_NOT_ALLOWED",
    "status of factory_pos * cannot go from DRAFT to PC_SIGNED.",
    "allowed",
    "from",
    "to",
)
def _(scene: Scene) -> httpx.Response:
    draft = scene.drafted(scene.awarded_slice())
    return scene.patch("planner", "factory_pos", draft, status="PC_SIGNED")


@refused(
    "OMS_IDEMPOTENCY_KEY_REUSED",
    'Idempotency-Key "k" was used for another request; send a new key.',
    "command",
    "key",
)
def _(scene: Scene) -> httpx.Response:
    allocation, planner = scene.quoted_slice().allocation, scene.callers["planner"]
    body, key = {"allocation_id": str(allocation)}, {"Idempotency-Key": "k"}
    planner.post("/rpc/send_allocation", json=body, headers=key)
    return planner.post("/rpc/issue_contracts", json=body, headers=key)


@refused("OMS_INVALID_ARGUMENT", "reason is missing.", "argument")
def _(scene: Scene) -> httpx.Response:
    return scene.call("warehouse", "void_receipt", factory_receipt_id=uuid4(), reason="")


@refused("OMS_ALREADY_EXISTS", "styles has a row with style_number FW-101 already.", "style_number")
def _(scene: Scene) -> httpx.Response:
    return scene.post("planner", "styles", style_number="FW-101", name="Parka")


@refused("OMS_PRODUCT_FROM_STYLE", "FW-101 is a style; change the style.", "product_id", "style_id")
def _(scene: Scene) -> httpx.Response:
    [product] = scene.run("planner", "select id from ops.products where product_number = 'FW-101'")
    return scene.patch("planner", "products", as_uuid(product["id"]), name="Mine")


def move(scene: Scene, sku: str, **columns: object) -> httpx.Response:
    """Bring goods to a place, unless told otherwise."""
    columns = {"reason": "receipt", "quantity": 1, "to_location_id": scene.place("A-1")} | columns
    return scene.post("warehouse", "stock_moves", product_variant_id=scene.variant(sku), **columns)


def serial(scene: Scene) -> UUID:
    """Return the piece of the fixtures that has a serial number."""
    [lot] = scene.run("planner", "select id from ops.lots where lot_number = 'SN-0'")
    return as_uuid(lot["id"])


@refused(
    "OMS_QUANTITY_NOT_IN_UNIT",
    "0.5 EA of ZIP-60: above zero, with 0 decimals at most.",
    *("product_variant_id", "unit", "decimals"),
)
def _(scene: Scene) -> httpx.Response:
    return move(scene, "ZIP-60", quantity=0.5)


@refused(
    "OMS_STOCK_INSUFFICIENT",
    "500 EA of ZIP-60 are in A-1; 501 were asked for.",
    *("product_variant_id", "stock_location_id", "on_hand"),
)
def _(scene: Scene) -> httpx.Response:
    place = scene.place("A-1")
    out = {"reason": "scrap", "from_location_id": place, "to_location_id": None}
    return move(scene, "ZIP-60", quantity=501, **out)


@refused(
    "OMS_STOCK_LOT_REQUIRED",
    "ZIP-MACHINE is tracked by serial: give lot_id.",
    *("product_variant_id", "tracking"),
)
def _(scene: Scene) -> httpx.Response:
    return move(scene, "ZIP-MACHINE")


@refused("OMS_STOCK_SERIAL_TWICE", "Piece SN-0 of ZIP-MACHINE is on hand already.", "lot_number")
def _(scene: Scene) -> httpx.Response:
    return move(scene, "ZIP-MACHINE", lot_id=serial(scene), to_location_id=scene.place("E-1"))


@refused(
    "OMS_STOCK_EXISTS",
    "ZIP-60 has stock moves; how it is tracked cannot change any more.",
    "product_variant_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.patch("planner", "product_variants", scene.variant("ZIP-60"), tracking="lot")


def making(scene: Scene, sku: str = "FW-102-WHITE-M", **columns: object) -> httpx.Response:
    """Have a shirt made in the east wing, where there are zippers."""
    columns = {"quantity": 1, "warehouse_id": east(scene)} | columns
    return scene.post(
        "planner", "production_orders", product_variant_id=scene.variant(sku), **columns
    )


def east(scene: Scene) -> object:
    return scene.look("stock_locations", scene.place("E-1"))["warehouse_id"]


def made(scene: Scene, quantity: int = 1) -> UUID:
    """Have shirts made and return their order."""
    return scene.insert(
        "planner",
        "production_orders",
        product_variant_id=scene.variant("FW-102-WHITE-M"),
        quantity=quantity,
        warehouse_id=east(scene),
    )


@refused(
    "OMS_STOCK_RESERVED",
    "3 of the 40 EA of ZIP-60 in E-1 are reserved; 38 were asked for.",
    *("product_variant_id", "stock_location_id", "on_hand", "reserved"),
)
def _(scene: Scene) -> httpx.Response:
    out = {"reason": "shipment", "from_location_id": scene.place("E-1"), "to_location_id": None}
    return move(scene, "ZIP-60", quantity=38, **out)


@refused(
    "OMS_PLAN_NOT_FIRM",
    "* is bought: its draft purchase order is submitted, not firmed.",
    "planned_supply_id",
)
def _(scene: Scene) -> httpx.Response:
    [bought] = scene.run(
        "planner", "select id from ops.planned_supplies where kind = 'buy' order by id limit 1"
    )
    return scene.call("planner", "firm_supplies", planned_supply_ids=[bought["id"]])


@refused(
    "OMS_BOM_MISSING",
    "No bill of materials of ZIP-40 is in force.",
    *("product_variant_id", "bom_version_id"),
)
def _(scene: Scene) -> httpx.Response:
    return making(scene, "ZIP-40")


@refused("OMS_PRODUCTION_CLOSED", "MO-* is cancelled; it does not change any more.", "id")
def _(scene: Scene) -> httpx.Response:
    order = made(scene)
    scene.patch("planner", "production_orders", order, status="cancelled")
    return scene.patch("planner", "production_orders", order, quantity=2)


@refused(
    "OMS_PRODUCTION_ISSUED",
    "2 of ZIP-60 were issued to MO-*; bring them back first.",
    "production_order_id",
)
def _(scene: Scene) -> httpx.Response:
    order = made(scene)
    scene.call("warehouse", "issue_components", production_order_id=order)
    return scene.patch("planner", "production_orders", order, status="cancelled")


@refused(
    "OMS_PRODUCTION_BELOW_OUTPUT",
    "1 of MO-* were made already; complete it.",
    *("production_order_id", "completed_qty", "scrapped_qty"),
)
def _(scene: Scene) -> httpx.Response:
    order = made(scene, quantity=2)
    scene.call("production", "report_output", production_order_id=order, quantity=1)
    return scene.patch("planner", "production_orders", order, status="cancelled")


@refused(
    "OMS_ISSUE_EXCEEDS_RESERVED",
    "* of ZIP-60*",
    *("production_component_id", "reserved_qty"),
)
def _(scene: Scene) -> httpx.Response:
    order = made(scene)
    [component] = scene.run(
        "planner", "select id from ops.production_components where production_order_id = %s", order
    )
    return scene.call(
        "warehouse",
        "issue_components",
        production_order_id=order,
        components=[{"production_component_id": component["id"], "quantity": 3}],
    )


def activate(scene: Scene, version: UUID) -> httpx.Response:
    """Bring a version of a bill of materials into force."""
    return scene.patch("planner", "bom_versions", version, status="active", valid_from="2027-01-01")


@refused("OMS_BOM_EMPTY", "Version 1 has no components.", "bom_version_id")
def _(scene: Scene) -> httpx.Response:
    return activate(scene, scene.bom("FW-101"))


@refused(
    "OMS_BOM_FROZEN",
    "Version 1 is active; revise it, and change the next one.",
    *("bom_version_id", "status"),
)
def _(scene: Scene) -> httpx.Response:
    version = scene.bom("FW-101", "ZIP-60")
    activate(scene, version)
    return scene.patch("planner", "bom_versions", version, revision_note="Better")


@refused(
    "OMS_BOM_IN_FORCE",
    "Another version is in force from 2027-01-01 on; retire it, or choose another day.",
    *("bom_version_id", "valid_from"),
)
def _(scene: Scene) -> httpx.Response:
    version = scene.bom("FW-101", "ZIP-60")
    activate(scene, version)
    revised = scene.command("planner", "revise_bom", bom_version_id=version)
    return activate(scene, as_uuid(revised["id"]))


@refused("OMS_BOM_CIRCLE", "FW-102-WHITE-L would go into itself.", "product_variant_id")
def _(scene: Scene) -> httpx.Response:
    return scene.post(
        "planner",
        "bom_lines",
        bom_version_id=scene.bom("FW-102"),
        product_variant_id=scene.variant("FW-102-WHITE-L"),
        quantity=1,
    )


# The shop floor


def receive_steel(scene: Scene, quantity: int) -> None:
    """Bring in what knobs are made of."""
    scene.insert(
        "warehouse",
        "stock_moves",
        product_variant_id=scene.variant("S-STEEL"),
        to_location_id=scene.place("A-1"),
        quantity=quantity,
        reason="receipt",
    )


def knobs(scene: Scene, quantity: int = 5) -> UUID:
    """Order knobs for which there is steel."""
    receive_steel(scene, quantity)
    return scene.insert(
        "planner",
        "production_orders",
        product_variant_id=scene.variant("S-KNOB"),
        quantity=quantity,
    )


def steel(scene: Scene, order: UUID) -> UUID:
    """Return the component of an order of knobs."""
    [row] = scene.run(
        "planner", "select id from ops.production_components where production_order_id = %s", order
    )
    return as_uuid(row["id"])


@refused(
    "OMS_ISSUE_EXCEEDS_RESERVED",
    "5 of S-STEEL are reserved for MO-*; 6 were asked for.",
    *("production_component_id", "reserved_qty"),
)
def _(scene: Scene) -> httpx.Response:
    order = knobs(scene)
    issue = [{"production_component_id": steel(scene, order), "quantity": 6}]
    return scene.call("production", "issue_components", production_order_id=order, components=issue)


@refused(
    "OMS_RETURN_EXCEEDS_ISSUED",
    "0 of S-STEEL were issued to MO-* and not brought back; 1 were asked for.",
    *("production_component_id", "issued_qty"),
)
def _(scene: Scene) -> httpx.Response:
    order = knobs(scene)
    back = [{"production_component_id": steel(scene, order), "quantity": 1}]
    return scene.call("warehouse", "return_components", production_order_id=order, components=back)


@refused(
    "OMS_PRODUCTION_NOT_RELEASED",
    "MO-* is on_hold, not released or in progress.",
    *("production_order_id", "status"),
)
def _(scene: Scene) -> httpx.Response:
    waiting = scene.insert(
        "planner",
        "production_orders",
        product_variant_id=scene.variant("S-KNOB"),
        quantity=1000000,
    )
    return scene.call("production", "report_output", production_order_id=waiting, quantity=1)


@refused(
    "OMS_OUTPUT_EXCEEDS_QUANTITY",
    "5 of the 5 EA of MO-* are to be reported yet, tolerance included; 6 were reported.",
    *("production_order_id", "allowed_qty"),
)
def _(scene: Scene) -> httpx.Response:
    return scene.post(
        "production", "production_outputs", production_order_id=knobs(scene), quantity=6
    )


def two_steps(scene: Scene) -> UUID:
    """Bring a way of making knobs into force that has two operations."""
    version = scene.bom("S-KNOB", "S-STEEL")
    [center] = scene.run("planner", "select id from ops.work_centers where code = 'SEW'")
    for position, name in ((10, "Turn"), (20, "Polish")):
        scene.insert(
            "production",
            "bom_operations",
            bom_version_id=version,
            position=position,
            name=name,
            work_center_id=center["id"],
        )
    scene.patch("planner", "bom_versions", version, status="active", valid_from="2026-01-01")
    return version


@refused(
    "OMS_OPERATION_OUT_OF_ORDER",
    "Turn is not finished; what comes after it cannot have been started.",
    "production_operation_id",
)
def _(scene: Scene) -> httpx.Response:
    receive_steel(scene, 1)
    order = scene.insert(
        "planner",
        "production_orders",
        product_variant_id=scene.variant("S-KNOB"),
        bom_version_id=two_steps(scene),
        quantity=1,
        priority=1,
    )
    return scene.callers["production"].patch(
        f"/production_operations?production_order_id=eq.{order}&name=eq.Polish",
        json={"started_at": "2026-01-01"},
    )


def supply(scene: Scene, line: object, **columns: object) -> httpx.Response:
    """Supply an order line in house."""
    rows = scene.run("planner", "select id from ops.warehouses where code = 'MAIN'")
    return scene.post(
        "planner",
        "order_item_supplies",
        order_item_id=line,
        warehouse_id=rows[0]["id"],
        **columns,
    )


def produce(scene: Scene, line: object) -> httpx.Response:
    """Make production orders for an order line."""
    return scene.call("planner", "create_production_orders", order_item_ids=[line])


@refused(
    "OMS_LINE_ALLOCATED",
    "100 pieces of line 1 are committed to factories;"
    " close its allocation items before you supply it in house.",
    *("order_item_id", "committed_qty"),
)
def _(scene: Scene) -> httpx.Response:
    return supply(scene, scene.quoted_slice().line)


@refused(
    "OMS_LINE_SUPPLIED_IN_HOUSE",
    "Line 1 is supplied in house; delete its row of order_item_supplies before you allocate it.",
    "order_item_id",
)
def _(scene: Scene) -> httpx.Response:
    line = scene.line()
    supply(scene, line)
    lines = [{"order_item_id": line}]
    return scene.call("planner", "allocate_items", name="New", lines=lines)


@refused(
    "OMS_BOM_NOT_FOR_LINE",
    "SPARE makes something else than line 1 asks for.",
    *("order_item_id", "bom_template_id"),
)
def _(scene: Scene) -> httpx.Response:
    rows = scene.run("planner", "select id from ops.bom_templates where code = 'SPARE'")
    return supply(scene, scene.line(), bom_template_id=rows[0]["id"])


@refused(
    "OMS_LINE_NOT_IN_HOUSE",
    "Line 1 of * is not supplied in house; choose a bill of materials for it first.",
    "order_item_id",
)
def _(scene: Scene) -> httpx.Response:
    return produce(scene, scene.line())


@refused(
    "OMS_LINE_WITHOUT_SKU",
    "Line 1 of * has no SKU for size XS; add the variant first.",
    "order_item_id",
)
def _(scene: Scene) -> httpx.Response:
    line = scene.line(sizes={"XS": 7})
    supply(scene, line)
    return produce(scene, line)


@refused(
    "OMS_LINE_IN_PRODUCTION",
    "Production order * of line 1 is on_hold; a line that is in production stays in house.",
    *("order_item_id", "production_number"),
)
def _(scene: Scene) -> httpx.Response:
    rows = scene.run(
        "planner",
        "select i.id, t.id as bom_template_id from ops.orders as o"
        " join ops.order_items as i on i.order_id = o.id"
        " cross join ops.bom_templates as t"
        " where o.client_po_number = 'A-300' and t.code = 'SHIRT'",
    )
    line, template = rows[0]["id"], rows[0]["bom_template_id"]
    # More zippers than there are.
    scene.run(
        "sales", "update ops.order_item_sizes set quantity = 900 where order_item_id = %s", line
    )
    scene.call("planner", "choose_bom", order_item_id=line, bom_template_id=template)
    produce(scene, line)
    return scene.callers["planner"].delete(f"/order_item_supplies?order_item_id=eq.{line}")


@refused(
    "OMS_WHOLE_PIECES", "Line 1 cannot be for 9.5 pieces; give a whole number above zero.", "id"
)
def _(scene: Scene) -> httpx.Response:
    return scene.patch("sales", "order_items", scene.line(), quantity=9.5)


# Companies


@refused(
    "OMS_NOT_A_CLIENT",
    "Factory A is not a client; add the kind `client` to it first.",
    "code",
    "kinds",
)
def _(scene: Scene) -> httpx.Response:
    return scene.post("sales", "orders", client_id=scene.party("factory_a"))


@refused(
    "OMS_NOT_A_FACTORY",
    "Client A is not a factory; add the kind `factory` to it first.",
    "factory_id",
    "kinds",
)
def _(scene: Scene) -> httpx.Response:
    allocation = scene.allocation({scene.line(): None})
    parties = [scene.party("client_a")]
    return scene.call("planner", "add_candidates", allocation_id=allocation, factory_ids=parties)


@refused(
    "OMS_FACTORY_NOT_APPROVED",
    "Factory C is rejected; approve it before you award it work.",
    "approval_status",
    "factory_id",
)
def _(scene: Scene) -> httpx.Response:
    [made] = scene.candidates(scene.line(), "factory_c")
    approve = "update ops.directory set approval_status = %s where code = 'factory_c'"
    scene.run("procurement", approve, "rejected")
    answer = scene.on(made, "planner", "award")
    scene.run("procurement", approve, "approved")
    return answer


# Orders


@refused(
    "OMS_ORDER_NOT_OPEN",
    "Order SO-* is sales_order; its lines cannot be changed by you any more.",
    "order_number",
    "status",
)
def _(scene: Scene) -> httpx.Response:
    return scene.patch("client_a", "order_items", scene.line(), quantity=5)


@refused(
    "OMS_ORDER_NOT_ACCEPTED",
    "The order of line 1 is requested; only lines of a sales order are allocated.",
    "order_item_id",
    "status",
)
def _(scene: Scene) -> httpx.Response:
    line = scene.line(order=scene.insert("client_a", "orders", client_po_number="REQ-1"))
    return scene.call("planner", "allocate_items", name="Batch", lines=[{"order_item_id": line}])


@refused("OMS_LINE_CANCELLED", "Line 1 is cancelled; enter a new line instead.", "order_item_id")
def _(scene: Scene) -> httpx.Response:
    line = scene.line()
    scene.command("sales", "cancel_order_item", order_item_id=line)
    return scene.patch("sales", "order_items", line, quantity=5)


@refused(
    "OMS_LINE_COMMITTED", "Line 1 is or was in an allocation; cancel it instead.", "order_item_id"
)
def _(scene: Scene) -> httpx.Response:
    line = scene.line()
    scene.allocation({line: 60})
    return scene.callers["sales"].delete(f"/order_items?id=eq.{line}")


@refused(
    "OMS_LINE_HAS_RECEIPTS",
    "30 pieces of line 1 were accepted; short-close what is missing instead.",
    "accepted_qty",
    "order_item_id",
)
def _(scene: Scene) -> httpx.Response:
    made, _ = scene.signed_slice()
    scene.received(made, 30)
    return scene.call("sales", "cancel_order_item", order_item_id=made.line)


@refused(
    "OMS_QUANTITY_FROM_SIZES",
    "The sizes of line 1 add up to 100, not 90; change the sizes.",
    "order_item_id",
    "quantity",
)
def _(scene: Scene) -> httpx.Response:
    return scene.patch("sales", "order_items", scene.line(sizes={"S": 40, "M": 60}), quantity=90)


@refused(
    "OMS_QUANTITY_BELOW_COMMITMENT",
    "Line 1 cannot go down to 50: 60 are committed and 0 waived; the least is 60.",
    "least",
    "order_item_id",
)
def _(scene: Scene) -> httpx.Response:
    line = scene.line()
    scene.allocation({line: 60})
    return scene.patch("sales", "order_items", line, quantity=50)


@refused(
    "OMS_SHORT_CLOSE_NOT_ALLOWED",
    "Standing slices of line 1 cover 60 of 100 pieces; at most 40 can be waived.",
    "most",
    "order_item_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.patch("sales", "order_items", scene.awarded_slice(60).line, short_closed_qty=50)


# Allocations


@refused(
    "OMS_COMMITMENT_EXCEEDS_QUANTITY",
    "120 pieces of line 1 would be committed; at most 100 can be.",
    "committed_qty",
    "most",
    "order_item_id",
)
def _(scene: Scene) -> httpx.Response:
    lines = [{"order_item_id": scene.line(), "committed_qty": 120}]
    return scene.call("planner", "allocate_items", name="Batch", lines=lines)


@refused(
    "OMS_COMMITTED_BELOW_AWARDED",
    "60 pieces of allocation item * are awarded; no fewer can be committed.",
    "allocation_item_id",
    "least",
)
def _(scene: Scene) -> httpx.Response:
    return scene.patch(
        "planner", "allocation_items", scene.awarded_slice(60).item, committed_qty=50
    )


@refused(
    "OMS_ALLOCATION_ITEM_CLOSED",
    "Allocation item * was closed on *; that stays so.",
    "allocation_item_id",
)
def _(scene: Scene) -> httpx.Response:
    item = scene.quoted_slice().item
    scene.command("planner", "close_allocation_item", allocation_item_id=item)
    return scene.call("planner", "close_allocation_item", allocation_item_id=item)


@refused(
    "OMS_SPLIT_NOT_ALLOWED",
    "Allocation item * has 40 pieces that are not awarded, open and of the same line;"
    " 50 cannot move.",
    "allocation_item_id",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    made = scene.awarded_slice(60)
    return scene.post(
        "planner",
        "allocation_items",
        allocation_id=made.allocation,
        order_item_id=made.line,
        split_from_id=made.item,
        committed_qty=50,
    )


@refused("OMS_ALREADY_SENT", "AL-* was sent on *; that stays so.", "allocation_id", "sent_at")
def _(scene: Scene) -> httpx.Response:
    return scene.patch("planner", "allocations", scene.quoted_slice().allocation, sent_at=None)


def unsent_slice(scene: Scene) -> Slice:
    line = scene.line()
    return scene.slice(scene.allocation({line: None}, "factory_a"), line, "factory_a")


@refused("OMS_NOT_SENT", "Allocation * was not sent; send it before you award it.", "allocation_id")
def _(scene: Scene) -> httpx.Response:
    return scene.on(unsent_slice(scene), "planner", "award", price=9, remark="By phone")


@refused(
    "OMS_NOT_INVITED",
    "The factory was not invited for ST-* Sand yet; send the allocation first.",
    "allocation_item_supplier_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(unsent_slice(scene), "planner", "submit_quote", price=9)


@refused(
    "OMS_CANDIDATE_EXISTS",
    "This factory is an open candidate for ST-* Sand already.",
    "allocation_item_id",
    "factory_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.post(
        "planner",
        "allocation_items_supplier",
        allocation_item_id=scene.quoted_slice().item,
        factory_id=scene.party("factory_a"),
    )


# Quotes and awards


@refused("OMS_SLICE_CLOSED", "Slice * (ST-* Sand) was closed on *.", "allocation_item_supplier_id")
def _(scene: Scene) -> httpx.Response:
    made = scene.quoted_slice()
    scene.command("planner", "close_allocation_item", allocation_item_id=made.item)
    return scene.on(made, "factory_a", "submit_quote", price=9)


@refused(
    "OMS_QUOTE_INCOMPLETE",
    "A quote for ST-* Sand needs a price and a currency.",
    "allocation_item_supplier_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.quoted_slice(), "factory_a", "submit_quote", price=None)


@refused(
    "OMS_QUOTE_FROZEN",
    "ST-* Sand is awarded; its quote does not change any more.",
    "allocation_item_supplier_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.awarded_slice(), "factory_a", "submit_quote", price=11)


@refused(
    "OMS_NOT_QUOTED",
    "Factory A has not quoted ST-* Sand (withdrawn); wait for its quote,"
    " or award at a price of your own with a remark.",
    "allocation_item_supplier_id",
    "quote_status",
)
def _(scene: Scene) -> httpx.Response:
    made = scene.quoted_slice()
    scene.on(made, "factory_a", "withdraw_quote")
    return scene.on(made, "planner", "award")


@refused(
    "OMS_OVERRIDE_NEEDS_REMARK",
    "9 is not the quoted price of ST-* Sand; say why in a remark of kind price_override.",
    "allocation_item_supplier_id",
    "awarded_price",
    "price",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.quoted_slice(), "planner", "award", price=9)


@refused(
    "OMS_AWARD_EXCEEDS_CAPACITY",
    "The factory can make 80 pieces of ST-* Sand; 100 were to be awarded.",
    "allocation_item_supplier_id",
    "awarded_qty",
    "capacity_qty",
)
def _(scene: Scene) -> httpx.Response:
    made = scene.quoted_slice()
    scene.on(made, "factory_a", "submit_quote", price=9, capacity_qty=80)
    return scene.on(made, "planner", "award")


@refused(
    "OMS_AWARD_EXCEEDS_COMMITTED",
    "130 pieces would be awarded of 100 committed; at most 100 more can be.",
    "allocation_item_id",
    "committed_qty",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.quoted_slice(), "planner", "award", awarded_qty=130)


@refused(
    "OMS_PERCENTAGES_NOT_100",
    "The percentages of allocation item * add up to 90; they must be 100 exactly.",
    "allocation_item_id",
    "percentage",
)
def _(scene: Scene) -> httpx.Response:
    awards = [{"allocation_item_supplier_id": scene.quoted_slice().id, "percentage": 90}]
    return scene.call("planner", "award_many", awards=awards)


@refused(
    "OMS_FACTORY_OVER_CAPACITY",
    "Factory A would have * pieces to make in 2027-06, * more than it can;"
    " award fewer, or to another factory.",
    "factory_id",
    "month",
    "load_qty",
    "capacity_qty",
)
def _(scene: Scene) -> httpx.Response:
    made = scene.quoted_slice()
    scene.date(made, "2027-06-15")
    with scene.refusing("factory_capacity", "monthly_capacity_qty", 99):
        return scene.on(made, "planner", "award")


@refused(
    "OMS_BELOW_FACTORY_MINIMUM",
    "Factory A takes at least 101 pieces (below_moq: ST-*); 100 are awarded."
    " Award it more, or another factory.",
    "factory_id",
    "warning",
    "subject",
    "actual",
    "bound",
    "unit",
)
def _(scene: Scene) -> httpx.Response:
    made = scene.awarded_slice()
    with scene.refusing("factory_minimums", "moq", 101):
        return scene.call("procurement", "issue_contracts", allocation_id=made.allocation)


@refused("OMS_NOT_AWARDED", "ST-* Sand is not awarded.", "allocation_item_supplier_id")
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.quoted_slice(), "planner", "revoke_award")


@refused(
    "OMS_AWARD_HAS_RECEIPTS",
    "30 pieces of ST-* Sand were received; close the slice instead.",
    "allocation_item_supplier_id",
    "received_qty",
)
def _(scene: Scene) -> httpx.Response:
    made, _ = scene.signed_slice()
    scene.received(made, 30)
    return scene.on(made, "planner", "revoke_award")


@refused(
    "OMS_SLICE_UNDER_CONTRACT",
    "A contract holds the award of ST-* Sand; close the slice, or cancel the contract.",
    "allocation_item_supplier_id",
)
def _(scene: Scene) -> httpx.Response:
    made, _ = scene.signed_slice()
    return scene.on(made, "planner", "revoke_award")


@refused(
    "OMS_CLOSE_QUANTITY_OUT_OF_RANGE",
    "ST-* Sand can be closed at 0 to 60 pieces, not 61.",
    "allocation_item_supplier_id",
    "least",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.awarded_slice(60), "planner", "close_slice", closed_qty=61)


@refused(
    "OMS_SHIPPED_OUT_OF_RANGE",
    "0 to 60 whole pieces of ST-* Sand can be reported as shipped, not 61.",
    "allocation_item_supplier_id",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.awarded_slice(60), "factory_a", "report_production", shipped_qty=61)


# Contracts


@refused(
    "OMS_CONTRACT_EXISTS",
    "This allocation has a contract with the factory in USD; revise that one.",
    "allocation_id",
    "currency",
    "factory_id",
)
def _(scene: Scene) -> httpx.Response:
    made, _ = scene.signed_slice()
    return scene.post(
        "planner",
        "factory_pos",
        allocation_id=made.allocation,
        factory_id=scene.party("factory_a"),
        currency="USD",
    )


@refused(
    "OMS_CONTRACT_EMPTY",
    "No awarded slice of this allocation is without a contract.",
    "allocation_id",
)
def _(scene: Scene) -> httpx.Response:
    allocation = scene.quoted_slice().allocation
    return scene.call("planner", "issue_contracts", allocation_id=allocation)


@refused(
    "OMS_CONTRACT_FROZEN",
    "PC-* is ISSUED; its terms and signature do not change any more.",
    "factory_po_id",
    "status",
)
def _(scene: Scene) -> httpx.Response:
    contract = scene.issued(scene.awarded_slice())
    return scene.patch("planner", "factory_pos", contract, ex_factory_date="2027-05-01")


@refused(
    "OMS_CONTRACT_MISMATCH",
    "ST-* Sand is of another allocation, factory or currency than PC-*.",
    "allocation_item_supplier_id",
    "factory_po_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.post(
        "planner",
        "factory_po_lines",
        factory_po_id=scene.drafted(scene.awarded_slice()),
        allocation_item_supplier_id=scene.awarded_slice().id,
    )


@refused(
    "OMS_CONTRACT_NOT_IN_FORCE",
    "PC-* is ISSUED; only a signed contract is paid.",
    "factory_po_id",
    "status",
)
def _(scene: Scene) -> httpx.Response:
    contract = scene.issued(scene.awarded_slice())
    return scene.call("finance", "record_factory_payment", factory_po_id=contract, reference="R")


@refused(
    "OMS_TERMS_FROM_AWARD",
    "Quantity and price of ST-* Sand are those of its award,"
    " until a contract in force holds it; change the award.",
    "allocation_item_supplier_id",
)
def _(scene: Scene) -> httpx.Response:
    made = scene.awarded_slice()
    return revise(scene, made.id, scene.issued(made), price=1)


@refused(
    "OMS_REVISION_INCOMPLETE",
    "ST-* Sand stands on the contract in force, and so on its next version;"
    " close the slice to take it out.",
    "allocation_item_supplier_id",
    "factory_po_id",
)
def _(scene: Scene) -> httpx.Response:
    made, contract = scene.signed_slice()
    draft = revise(scene, made.id, contract).json()["id"]
    return scene.callers["planner"].delete(f"/factory_po_lines?factory_po_id=eq.{draft}")


@refused(
    "OMS_REVISION_QUANTITY_RAISED",
    "100 pieces of ST-* Sand are awarded; award the further ones besides, as revise_contract does.",
    "allocation_item_supplier_id",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    made, contract = scene.signed_slice()
    draft = revise(scene, made.id, contract).json()["id"]
    return scene.callers["planner"].patch(
        f"/factory_po_lines?factory_po_id=eq.{draft}", json={"quantity": 101}
    )


@refused(
    "OMS_REVISION_BELOW_ACCEPTED",
    "30 pieces of ST-* Sand were accepted, which 20 with its tolerance does not cover.",
    "allocation_item_supplier_id",
    "least",
)
def _(scene: Scene) -> httpx.Response:
    made, contract = scene.signed_slice()
    scene.call("warehouse", "record_receipt", allocation_item_supplier_id=made.id, qty_received=30)
    revise(scene, made.id, contract, quantity=20)
    return scene.call("planner", "issue_contracts", allocation_id=made.allocation)


@refused(
    "OMS_REVISION_BELOW_PAID",
    "300 USD were paid for ST-* Sand; 100 pieces at 4 make less payable.",
    "allocation_item_supplier_id",
    "paid_amount",
)
def _(scene: Scene) -> httpx.Response:
    made, contract = scene.signed_slice()
    scene.call("warehouse", "record_receipt", allocation_item_supplier_id=made.id, qty_received=30)
    scene.call("finance", "record_factory_payment", factory_po_id=contract, reference="DEPOSIT")
    revise(scene, made.id, contract, price=4)
    return scene.call("planner", "issue_contracts", allocation_id=made.allocation)


@refused(
    "OMS_NOTHING_TO_REALLOCATE",
    "ST-* Sand gives up no pieces; close it at fewer than it counts for.",
    "allocation_item_supplier_id",
)
def _(scene: Scene) -> httpx.Response:
    made = scene.awarded_slice()
    award = {"factory_id": str(scene.party("factory_b")), "price": 6}
    asked = {"allocation_item_supplier_id": str(made.id), "closed_qty": 100, "awards": [award]}
    return scene.call("planner", "reallocate", reallocations=[asked])


def revise(scene: Scene, slice_id: UUID, contract: UUID, **terms: int) -> httpx.Response:
    """Draft the next version of a contract."""
    lines = [{"allocation_item_supplier_id": str(slice_id), **terms}]
    return scene.call("planner", "revise_contract", factory_po_id=contract, lines=lines)


@refused(
    "OMS_CONTRACT_HAS_RECEIPTS",
    "30 pieces of PC-* were accepted; close its slices instead.",
    "accepted_qty",
    "factory_po_id",
)
def _(scene: Scene) -> httpx.Response:
    made, contract = scene.signed_slice()
    scene.received(made, 30)
    return scene.call("planner", "cancel_contract", factory_po_id=contract)


@refused(
    "OMS_CONTRACT_HAS_PAYMENTS", "Money is out on PC-*; record the refund first.", "factory_po_id"
)
def _(scene: Scene) -> httpx.Response:
    made, contract = scene.signed_slice()
    receipt = scene.received(made, 30)
    scene.call("finance", "record_factory_payment", factory_po_id=contract, reference="P1")
    scene.call("warehouse", "void_receipt", factory_receipt_id=receipt, reason="Miscounted")
    return scene.call("planner", "cancel_contract", factory_po_id=contract)


@refused(
    "OMS_COUNTERSIGNATURE_NEEDS_DOCUMENT",
    "To record the factory's countersignature of PC-*, give po_document_uri: the signed document.",
    "factory_po_id",
)
def _(scene: Scene) -> httpx.Response:
    contract = scene.issued(scene.awarded_slice())
    return scene.call("planner", "sign_contract", factory_po_id=contract, signed_by_name="Li")


@refused(
    "OMS_TERMS_CHANGED",
    "The terms of PC-* are not those that you saw; read it again before you sign.",
    "factory_po_id",
    "terms_hash",
)
def _(scene: Scene) -> httpx.Response:
    contract = scene.issued(scene.awarded_slice())
    return scene.call("factory_a", "sign_contract", factory_po_id=contract, terms_hash="seen")


# Goods and money


@refused(
    "OMS_RECEIPT_EXCEEDS_TOLERANCE",
    "110 pieces of ST-* Sand would be accepted in all; at most 100 can be, so 10 more.",
    "accepted_qty",
    "allocation_item_supplier_id",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    made, _ = scene.signed_slice()
    scene.received(made, 90)
    return scene.on(made, "warehouse", "record_receipt", qty_received=20)


@refused(
    "OMS_ALREADY_VOIDED", "GR-* was voided on * (Miscounted); that stays so.", "id", "voided_at"
)
def _(scene: Scene) -> httpx.Response:
    made, _ = scene.signed_slice()
    receipt = scene.received(made, 30)
    scene.call("warehouse", "void_receipt", factory_receipt_id=receipt, reason="Miscounted")
    return scene.call("warehouse", "void_receipt", factory_receipt_id=receipt, reason="Lost")


@refused(
    "OMS_EXCESS_OUT_OF_RANGE",
    "0 to 0 whole pieces of ST-* Sand can be accepted as excess,"
    " and none that is paid taken back; not 5.",
    "allocation_item_supplier_id",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    return scene.on(scene.awarded_slice(), "finance", "accept_excess", accepted_excess_qty=5)


def pay(scene: Scene, amount: int) -> httpx.Response:
    """Pay so much for 30 pieces at 10, of which 100 are paid."""
    made, contract = scene.signed_slice()
    scene.received(made, 30)
    for part in (100, amount):
        answer = scene.call(
            "finance",
            "record_factory_payment",
            factory_po_id=contract,
            reference=str(uuid4()),
            lines=[{"allocation_item_supplier_id": made.id, "amount": part}],
        )
    return answer


@refused(
    "OMS_PAYMENT_EXCEEDS_PAYABLE",
    "300 USD of ST-* Sand are payable and 100 paid; 201 is too much.",
    "allocation_item_supplier_id",
    "amount",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    return pay(scene, 201)


@refused(
    "OMS_REFUND_EXCEEDS_PAID",
    "100 USD were paid for ST-* Sand; 101 cannot come back.",
    "allocation_item_supplier_id",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    return pay(scene, -101)


@refused(
    "OMS_REFERENCE_EXISTS",
    "The factory has a payment with reference WIRE-77 already.",
    "factory_id",
    "reference",
)
def _(scene: Scene) -> httpx.Response:
    _, contract = scene.signed_slice()
    for _ in range(2):
        answer = scene.post(
            "finance", "factory_payments", factory_po_id=contract, reference="WIRE-77"
        )
    return answer


# Invoices


def invoiced(
    scene: Scene, quantity: int = 30, number: str | None = None
) -> tuple[Slice, UUID, httpx.Response]:
    """Let the factory invoice pieces of a slice of 100 at 10 of which 30 came."""
    made, contract = scene.signed_slice()
    scene.received(made, 30)
    return made, contract, invoice(scene, made, contract, quantity, number=number)


def invoice(
    scene: Scene, made: Slice, contract: UUID, quantity: int, **others: object
) -> httpx.Response:
    """Submit an invoice of one line as the factory."""
    lines = [{"allocation_item_supplier_id": made.id, "quantity": quantity}]
    number = others.pop("number", None) or str(uuid4())
    return scene.call(
        "factory_a",
        "submit_factory_invoice",
        factory_po_id=contract,
        invoice_number=number,
        lines=lines,
        **others,
    )


def answered(scene: Scene, verb: str, asked: httpx.Response, **arguments: object) -> httpx.Response:
    """Approve, dispute or void what was submitted."""
    return scene.call(
        "finance", f"{verb}_factory_invoice", factory_invoice_id=asked.json()["id"], **arguments
    )


@refused(
    "OMS_INVOICE_NUMBER_EXISTS",
    "The factory has an invoice F-77 already; void that first.",
    "factory_id",
    "invoice_number",
)
def _(scene: Scene) -> httpx.Response:
    made, contract, _ = invoiced(scene, number="F-77")
    return invoice(scene, made, contract, 1, number="F-77")


@refused(
    "OMS_INVOICE_NOT_OPEN",
    "Invoice * is approved; submit another one.",
    "factory_invoice_id",
    "status",
)
def _(scene: Scene) -> httpx.Response:
    made, _, submitted = invoiced(scene)
    answered(scene, "approve", submitted)
    return scene.post(
        "factory_a",
        "factory_invoice_lines",
        factory_invoice_id=submitted.json()["id"],
        allocation_item_supplier_id=made.id,
        quantity=1,
    )


@refused("OMS_INVOICE_EMPTY", "Invoice F-0 has no lines.", "factory_invoice_id")
def _(scene: Scene) -> httpx.Response:
    _, contract = scene.signed_slice()
    empty = scene.insert(
        "finance", "factory_invoices", factory_po_id=contract, invoice_number="F-0"
    )
    return scene.call("finance", "approve_factory_invoice", factory_invoice_id=empty)


@refused(
    "OMS_INVOICE_OUT_OF_TOLERANCE",
    "Invoice * does not match: 31 pieces, with 0 of other approved invoices,"
    " are more than the 30 payable.",
    "factory_invoice_id",
    "lines",
)
def _(scene: Scene) -> httpx.Response:
    return answered(scene, "approve", invoiced(scene, 31)[2])


@refused(
    "OMS_INVOICE_CREDITED",
    "A credit note stands on invoice *; void that first.",
    "factory_invoice_id",
)
def _(scene: Scene) -> httpx.Response:
    made, contract, submitted = invoiced(scene)
    answered(scene, "approve", submitted)
    credit = invoice(scene, made, contract, -1, credits_id=submitted.json()["id"])
    answered(scene, "approve", credit)
    return answered(scene, "void", submitted, reason="Wrong")


@contextmanager
def paying_by_invoice(scene: Scene) -> Iterator[None]:
    """Let the organization pay by invoice for the length of the block."""
    requires: LiteralString = "update ops.organization_settings set payments_require_invoice = %s"
    scene.run("admin", requires, True)
    yield
    scene.run("admin", requires, False)


@refused(
    "OMS_INVOICE_PAID",
    "200 USD of ST-* Sand are paid on invoice *; void the payment or record the refund first.",
    "factory_invoice_id",
    "paid_amount",
)
def _(scene: Scene) -> httpx.Response:
    _, contract, submitted = invoiced(scene, 20)
    answered(scene, "approve", submitted)
    with paying_by_invoice(scene):
        scene.call("finance", "record_factory_payment", factory_po_id=contract, reference="F-78")
        return answered(scene, "void", submitted, reason="Wrong")


@refused(
    "OMS_PAYMENT_NOT_APPROVED",
    "Invoices for 200 USD of ST-* Sand are approved and 0 paid; 201 is too much.",
    "allocation_item_supplier_id",
    "amount",
    "most",
)
def _(scene: Scene) -> httpx.Response:
    made, contract, submitted = invoiced(scene, 20)
    answered(scene, "approve", submitted)
    with paying_by_invoice(scene):
        return scene.call(
            "finance",
            "record_factory_payment",
            factory_po_id=contract,
            reference=str(uuid4()),
            lines=[{"allocation_item_supplier_id": made.id, "amount": 201}],
        )


# Timelines


def planned(scene: Scene) -> dict[str, UUID]:
    """Return the timeline of an awarded line."""
    made = scene.awarded_slice()
    scene.plan(made.line)
    return scene.milestones(made.line)


@refused(
    "OMS_TIMELINE_BRANCH",
    "Line 1 is a root: it stands and falls with its line or slice and has no dates of its own.",
    "timeline_node_id",
)
def _(scene: Scene) -> httpx.Response:
    root = planned(scene)["root"]
    return scene.patch("planner", "timeline_nodes", root, planned_date="2027-05-01")


@refused(
    "OMS_TIMELINE_DATE_DERIVED",
    "Cutting is done when the fact cutting is recorded; its actual date follows.",
    "completed_by",
    "timeline_node_id",
)
def _(scene: Scene) -> httpx.Response:
    cutting = planned(scene)["cutting"]
    return scene.call(
        "factory_a", "report_milestone", timeline_node_id=cutting, actual_date="2026-01-04"
    )


@refused(
    "OMS_TIMELINE_CIRCLE", "Lab dips would wait for In hands, which waits for it.", "predecessor_id"
)
def _(scene: Scene) -> httpx.Response:
    nodes = planned(scene)
    return scene.post(
        "planner",
        "timeline_dependencies",
        timeline_node_id=nodes["lab_dips"],
        predecessor_id=nodes["in_hands"],
    )


@refused(
    "OMS_TIMELINE_DEPENDENCY_NOT_ALLOWED",
    "Cutting cannot wait for Cutting: a milestone waits for those of its own line,"
    " that of a slice for those of its own slice or of the line.",
    "predecessor_id",
    "timeline_node_id",
)
def _(scene: Scene) -> httpx.Response:
    return scene.post(
        "planner",
        "timeline_dependencies",
        timeline_node_id=planned(scene)["cutting"],
        predecessor_id=planned(scene)["cutting"],
    )


# Buying


def offer(scene: Scene, **columns: object) -> httpx.Response:
    columns = {
        "vendor_id": scene.party("vendor"),
        "product_variant_id": scene.variant("ZIP-60"),
    } | columns
    return scene.post("procurement", "supplier_products", **columns)


def purchase_line(scene: Scene, order: UUID, **columns: object) -> httpx.Response:
    columns = {"product_variant_id": scene.variant("TAPE-10"), "quantity": 10} | columns
    return scene.post("planner", "purchase_order_lines", purchase_order_id=order, **columns)


def purchase(scene: Scene, **columns: object) -> UUID:
    """Make a draft without lines."""
    columns = {"vendor_id": scene.party("vendor")} | columns
    return scene.insert("planner", "purchase_orders", **columns)


def bought(scene: Scene, *steps: str, unit_price: int = 1, **columns: object) -> UUID:
    """Make an order of ten boxes, and take it so far."""
    order = purchase(scene, **columns)
    purchase_line(scene, order, unit_price=unit_price).raise_for_status()
    for step in steps:
        scene.command("planner", f"{step}_purchase_order", purchase_order_id=order)
    return order


def line_of(scene: Scene, order: UUID) -> UUID:
    [line] = scene.run(
        "planner", "select id from ops.purchase_order_lines where purchase_order_id = %s", order
    )
    return as_uuid(line["id"])


def receive_goods(scene: Scene, order: UUID, quantity: int) -> httpx.Response:
    lines = [{"purchase_order_line_id": line_of(scene, order), "received_qty": quantity}]
    return scene.call("warehouse", "receive_goods", purchase_order_id=order, lines=lines)


@contextmanager
def tier(scene: Scene, role: str) -> Iterator[None]:
    """Let everything from 5000 on be approved by a role, for the length of the block."""
    made = scene.insert("admin", "purchase_approval_tiers", from_amount=5000, approver_role=role)
    yield
    scene.callers["admin"].delete(f"/purchase_approval_tiers?id=eq.{made}").raise_for_status()


@refused(
    "OMS_NOT_A_VENDOR",
    "Client A is not a vendor; add the kind `vendor` to it first.",
    *("vendor_id", "kinds"),
)
def _(scene: Scene) -> httpx.Response:
    return offer(scene, vendor_id=scene.party("client_a"))


@refused(
    "OMS_UNIT_CONVERSION_MISSING",
    "Nobody has said how many EA one KG of ZIP-60 is; add it to unit_conversions.",
    *("product_variant_id", "from_unit", "to_unit"),
)
def _(scene: Scene) -> httpx.Response:
    return offer(scene, purchase_unit="KG")


@refused(
    "OMS_EXCHANGE_RATE_MISSING",
    "PO-* is in NOK, of which no rate is known today; add it to exchange_rates.",
    *("purchase_order_id", "currency"),
)
def _(scene: Scene) -> httpx.Response:
    order = bought(scene, currency="NOK")
    return scene.call("planner", "submit_purchase_order", purchase_order_id=order)


@refused(
    "OMS_PURCHASE_PRICE_MISSING",
    "The vendor offers no price for 3 EA of ZIP-40 in USD; give unit_price.",
    *("product_variant_id", "unit", "currency"),
)
def _(scene: Scene) -> httpx.Response:
    return purchase_line(
        scene, purchase(scene), product_variant_id=scene.variant("ZIP-40"), quantity=3
    )


@refused(
    "OMS_BELOW_VENDOR_MINIMUM",
    "1 BOX of TAPE-10: the vendor sells 2 or more at once."
    " Give unit_price where something else was agreed.",
    *("supplier_product_id", "minimum_qty", "multiple_qty"),
)
def _(scene: Scene) -> httpx.Response:
    return purchase_line(scene, purchase(scene), quantity=1)


@refused(
    "OMS_PURCHASE_ORDER_FROZEN",
    "PO-* is approved; its lines change while it is a draft.",
    *("purchase_order_id", "status"),
)
def _(scene: Scene) -> httpx.Response:
    return purchase_line(scene, bought(scene, "submit"))


@refused("OMS_PURCHASE_ORDER_EMPTY", "PO-* has no lines.", "purchase_order_id")
def _(scene: Scene) -> httpx.Response:
    return scene.call("planner", "submit_purchase_order", purchase_order_id=purchase(scene))


@refused(
    "OMS_PURCHASE_ORDER_NOT_OPEN",
    "PO-* is approved; goods are received of what was sent to the vendor.",
    *("purchase_order_id", "status"),
)
def _(scene: Scene) -> httpx.Response:
    return receive_goods(scene, bought(scene, "submit"), 1)


@refused(
    "OMS_PURCHASE_ORDER_HAS_RECEIPTS",
    "4 BOX of TAPE-10 came with PO-*; close it instead.",
    "purchase_order_id",
)
def _(scene: Scene) -> httpx.Response:
    order = bought(scene, "submit", "send")
    receive_goods(scene, order, 4).raise_for_status()
    return scene.call("planner", "cancel_purchase_order", purchase_order_id=order)


@refused(
    "OMS_RECEIPT_EXCEEDS_ORDERED",
    "11 BOX of TAPE-10 (line 1) would be taken in all; at most 10 can be, so 10 more.",
    *("purchase_order_line_id", "stocked_qty", "most"),
)
def _(scene: Scene) -> httpx.Response:
    return receive_goods(scene, bought(scene, "submit", "send"), 11)


@refused(
    "OMS_CANCELLED_QUANTITY_OUT_OF_RANGE",
    "11 BOX of TAPE-10 cannot be cancelled; 10 of 10 have not come.",
    *("purchase_order_line_id", "most"),
)
def _(scene: Scene) -> httpx.Response:
    line = line_of(scene, bought(scene, "submit", "send"))
    return scene.patch("planner", "purchase_order_lines", line, cancelled_qty=11)


@refused(
    "OMS_VENDOR_NOT_APPROVED",
    "New vendor is pending; approve the vendor before PO-* is sent.",
    *("vendor_id", "approval_status"),
)
def _(scene: Scene) -> httpx.Response:
    vendor = scene.insert(
        "procurement", "directory", kinds=["vendor"], code=str(uuid4()), name="New vendor"
    )
    order = bought(scene, "submit", vendor_id=vendor)
    return scene.call("planner", "send_purchase_order", purchase_order_id=order)


@refused(
    "OMS_EVENT_TYPE_UNKNOWN",
    "There are no events order.lost; docs/events.md lists them all, and purchase_order.[*] is all"
    " of a kind.",
    "unknown",
)
def _(scene: Scene) -> httpx.Response:
    return scene.call(
        "admin", "create_webhook_endpoint", url="https://a.example/", event_types=["order.lost"]
    )


@refused(
    "OMS_NO_SECRETS_KEY", "Secrets cannot be kept yet: the operator * `oms secrets init` first."
)
def _(scene: Scene) -> httpx.Response:
    known = scene.owner.execute(
        "delete from private.public_keys returning fingerprint, certificate"
    ).fetchall()
    try:
        return scene.call(
            "admin", "create_webhook_endpoint", url="https://a.example/", event_types=["*"]
        )
    finally:
        for key in known:
            scene.owner.execute(
                "insert into private.public_keys (fingerprint, certificate) values (%s, %s)", key
            )


@refused(
    "OMS_WEBHOOK_DISABLED",
    "The endpoint https://a.example/ is disabled; set its status to enabled first.",
    *("id", "disabled_reason"),
)
def _(scene: Scene) -> httpx.Response:
    made = scene.command(
        "admin", "create_webhook_endpoint", url="https://a.example/", event_types=["*"]
    )
    endpoint = made["webhook_endpoint_id"]
    scene.run(
        "admin", "update ops.webhook_endpoints set status = 'disabled' where id = %s", endpoint
    )
    return scene.call("admin", "test_webhook", webhook_endpoint_id=endpoint)


@refused("OMS_NOT_THE_APPROVER", "PO-* is decided on by oms_finance.", "approver_role")
def _(scene: Scene) -> httpx.Response:
    with tier(scene, "oms_finance"):
        order = bought(scene, "submit", unit_price=500)
    return scene.call("procurement", "approve_purchase_order", purchase_order_id=order)


@refused(
    "OMS_SELF_APPROVAL",
    "Somebody else decides on PO-*: you made or submitted it.",
    *("created_by", "submitted_by"),
)
def _(scene: Scene) -> httpx.Response:
    with tier(scene, "oms_planner"):
        order = bought(scene, "submit", unit_price=500)
    return scene.call("planner", "approve_purchase_order", purchase_order_id=order)


@pytest.mark.parametrize("code", REFUSALS)
def test_a_refusal_arrives_as_the_catalogue_says(scene: Scene, code: str) -> None:
    refusal = REFUSALS[code]
    [(status,)] = scene.owner.execute(
        "select http_status from private.error_codes where code = %s", [code]
    )
    answer = refusal.request(scene)
    body = answer.json()
    assert (answer.status_code, body["code"], body["hint"]) == (status, f"PT{status}", code)
    assert fnmatchcase(body["message"], refusal.sentence), body["message"]
    assert frozenset(json.loads(body["details"])) == refusal.facts, body["details"]
    raised = error_of(answer)
    assert type(raised) is getattr(refusals, error_name(code))
    assert raised.details.keys() == refusal.facts


def test_rules_between_rows_hold_at_read_committed_only(scene: Scene) -> None:
    made = scene.quoted_slice()
    with scene.session("planner", autocommit=False) as session:
        session.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with pytest.raises(RefusedError) as refused:
            fetch(session, "select ops.award(%s)", [made.id])
        session.rollback()
    assert refused.value.code == "OMS_ISOLATION_NOT_SUPPORTED"


def test_every_code_is_seen_to_arrive(scene: Scene) -> None:
    catalogue = {
        str(code) for (code,) in scene.owner.execute("select code from private.error_codes")
    }
    assert REFUSALS.keys() | NOT_OVER_HTTP == catalogue
