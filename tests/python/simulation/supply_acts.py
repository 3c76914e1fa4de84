"""What people may think of doing with stock, purchase orders, production and plans.

The acts are those of the commands, as in acts.py. Beside them stand plain writes that make sense
too seldom when their columns are chosen by chance.
"""

from collections.abc import Callable

from psycopg.types.json import Jsonb

from simulation.acts import ACTS, DATES, FITTING, SHAPED, Scene, Wanted, act, dumps
from simulation.facts import Row
from simulation.laws import ACCEPTED, raised

BEFORE = set(ACTS)
WORKING = ("released", "in_progress")
RECEIVING = ("sent", "acknowledged")
STAFF = ("sales", "planner", "procurement", "production", "warehouse", "finance", "admin")


# Lines that we supply ourselves


def is_supplied(scene: Scene) -> Wanted:
    """Tell of an order line whether it is supplied in house."""
    return lambda row: scene.facts.of("order_item_supplies", "order_item_id", row)


def is_free(scene: Scene) -> Wanted:
    """Tell of an order line whether it could be supplied in house."""
    return lambda row: (
        not row["is_cancelled"]
        and not row["committed_qty"]
        and scene.facts.by_id[row["order_id"]]["status"] in ACCEPTED
    )


@act(4)
def choose_bom(scene: Scene) -> dict[str, object]:
    scene.by("sales", "planner", "production")
    line = scene.one("order_items", is_free(scene))
    arguments = {"order_item_id": line["id"]}
    if scene.chance(50):
        template = scene.one(
            "bom_templates",
            lambda row: scene.facts.by_id[row["product_id"]]["style_id"] == line["style_id"],
        )
        arguments["bom_template_id"] = template["id"]
    return arguments


@act(4)
def create_production_orders(scene: Scene) -> dict[str, object]:
    scene.by("planner", "production")
    lines = list(filter(is_supplied(scene), scene.facts["order_items"]))
    arguments: dict[str, object] = {
        "order_item_ids": [line["id"] for line in scene.some(lines or scene.facts["order_items"])]
    }
    return arguments | ({"priority": scene.dice.randint(0, 9)} if scene.chance(40) else {})


# Plans


@act(10)
def plan_supply(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement", "production")
    arguments: dict[str, object] = {}
    if scene.chance(20):
        arguments["order_ids"] = [row["id"] for row in scene.some(scene.facts["orders"], 2)]
    if scene.chance(10):
        arguments["planned_on"] = scene.dice.choice(DATES[2:])
    if "order_ids" not in arguments:
        scene.by("other_planner")  # who plans what is its own
    return arguments


@act(5)
def firm_supplies(scene: Scene) -> dict[str, object]:
    scene.by("planner", "production")
    planned = scene.one(
        "planned_supplies",
        lambda row: row["kind"] == "make" and row["bom_version_id"],
        lambda row: not row["is_firm"],
    )
    return {"planned_supply_ids": [planned["id"]]}


# Purchase orders


def purchase_order(scene: Scene, *states: str) -> Row:
    """Choose a purchase order in one of these states that has lines."""
    return scene.one(
        "purchase_orders",
        lambda row: row["status"] in states,
        lambda row: scene.facts.of("purchase_order_lines", "purchase_order_id", row),
    )


def decided(scene: Scene) -> dict[str, object]:
    """Choose what waits for a decision, and whoever may take it."""
    order = purchase_order(scene, "submitted")
    waiting = [
        approval
        for approval in scene.facts.of("purchase_order_approvals", "purchase_order_id", order)
        if approval["decided_at"] is None
    ]
    if order["status"] != "submitted":
        scene.by(*STAFF)
    for approval in waiting:
        scene.by(
            *(
                who
                for who in STAFF
                if scene.company.people[who].role == approval["approver_role"]
                and scene.company.people[who].sub
                not in (order["created_by"], approval["submitted_by"])
            )
        )
    return {"purchase_order_id": order["id"]}


@act(8)
def submit_purchase_order(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    return {"purchase_order_id": purchase_order(scene, "draft")["id"]}


@act(5)
def approve_purchase_order(scene: Scene) -> dict[str, object]:
    return decided(scene)


@act(2)
def reject_purchase_order(scene: Scene) -> dict[str, object]:
    return decided(scene) | {"reason": "Too dear"}


@act(8)
def send_purchase_order(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    return {"purchase_order_id": purchase_order(scene, "approved")["id"]}


@act(1)
def close_purchase_order(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    return {"purchase_order_id": purchase_order(scene, *RECEIVING)["id"]}


@act(1)
def cancel_purchase_order(scene: Scene) -> dict[str, object]:
    scene.by("planner", "procurement")
    states = ("draft", "submitted", "approved", *RECEIVING)
    return {"purchase_order_id": purchase_order(scene, *states)["id"]}


@act(4)
def acknowledge_purchase_order(scene: Scene) -> dict[str, object]:
    order = purchase_order(scene, *RECEIVING)
    scene.by("planner", "procurement")
    if vendor := scene.company.parties.get(order["vendor_id"]):
        scene.by(vendor, vendor)
    lines = [
        {
            "purchase_order_line_id": line["id"],
            "confirmed_qty": scene.pieces(line["quantity"]),
            "promised_date": scene.dice.choice(DATES),
        }
        for line in scene.some(
            scene.facts.of("purchase_order_lines", "purchase_order_id", order) or [order]
        )
    ]
    stated = {"lines": Jsonb(lines, dumps=dumps)} if scene.chance(70) else {}
    return {"purchase_order_id": order["id"], "vendor_reference": "Ours 7", **stated}


@act(12)
def receive_goods(scene: Scene) -> dict[str, object]:
    scene.by("warehouse")
    order = purchase_order(scene, *RECEIVING)
    waiting = [
        line
        for line in scene.facts.of("purchase_order_lines", "purchase_order_id", order)
        if line["open_qty"] > 0
    ]
    lines: list[Row] = []
    for line in scene.some(waiting or [order]):
        most = line.get("open_qty") or 1
        if scene.chance(10):
            most = raised(line.get("quantity", 1), line.get("over_receipt_tolerance_pct", 0))
        received = scene.pieces(most)
        asked: Row = {"purchase_order_line_id": line["id"], "received_qty": received}
        if scene.chance(25):
            asked |= {"rejected_qty": scene.pieces(received), "reject_reason": "Wet"}
        if scene.chance(25):
            asked["stock_location_id"] = scene.one("stock_locations")["id"]
        variant = scene.facts.by_id.get(line.get("product_variant_id"), {})
        if variant.get("tracking", "none") != "none":
            asked["lot_number"] = scene.dice.choice(["L-1", "L-2", "L-3"])
        lines.append(asked)
    return {"purchase_order_id": order["id"], "lines": Jsonb(lines, dumps=dumps)}


@act(3)
def void_goods_receipt(scene: Scene) -> dict[str, object]:
    scene.by("warehouse")
    receipt = scene.one("goods_receipts", lambda row: row["voided_at"] is None)
    return {"goods_receipt_id": receipt["id"], "reason": "Miscounted"}


# Production


def components(scene: Scene, order: Row, kind: str, column: str) -> list[Row]:
    """Return the components of an order of a kind of which there is something in a column."""
    return [
        component
        for component in scene.facts.of("production_components", "production_order_id", order)
        if component["kind"] == kind and component[column] > 0
    ]


def some_of(scene: Scene, listed: list[Row], column: str) -> Jsonb:
    """Name a few components, with how much of each, and of which lot where that is asked for."""
    named: list[Row] = []
    for component in scene.some(listed):
        one: Row = {
            "production_component_id": component["id"],
            "quantity": scene.pieces(component[column]),
        }
        lots = scene.facts.of("lots", "product_variant_id", {"id": component["product_variant_id"]})
        if lots and scene.chance(90):
            one["lot_id"] = scene.dice.choice(lots)["id"]
        named.append(one)
    return Jsonb(named, dumps=dumps)


@act(10)
def issue_components(scene: Scene) -> dict[str, object]:
    scene.by("production", "warehouse")
    order = scene.one(
        "production_orders",
        lambda row: row["status"] in WORKING,
        lambda row: components(scene, row, "input", "reserved_qty"),
    )
    arguments: dict[str, object] = {"production_order_id": order["id"]}
    reserved = components(scene, order, "input", "reserved_qty")
    if reserved and scene.chance(40):
        arguments["components"] = some_of(scene, reserved, "reserved_qty")
    return arguments


@act(4)
def return_components(scene: Scene) -> dict[str, object]:
    scene.by("production", "warehouse")
    order = scene.one(
        "production_orders", lambda row: components(scene, row, "input", "issued_qty")
    )
    listed = components(scene, order, "input", "issued_qty")
    if not listed:
        raise LookupError
    return {
        "production_order_id": order["id"],
        "components": some_of(scene, listed, "issued_qty"),
    }


@act(10)
def report_output(scene: Scene) -> dict[str, object]:
    scene.by("production")
    order = scene.one("production_orders", lambda row: row["status"] in WORKING)
    left = order["quantity"] - order["completed_qty"] - order["scrapped_qty"]
    arguments: dict[str, object] = {
        "production_order_id": order["id"],
        "quantity": scene.pieces(left),
    }
    if scene.chance(25):
        arguments |= {"scrapped_qty": scene.pieces(2), "scrap_reason": "Torn"}
    if scene.chance(20):
        arguments["stock_location_id"] = scene.one("stock_locations")["id"]
    listed = components(scene, order, "by_product", "required_qty")
    if listed and scene.chance(40):
        arguments["by_products"] = some_of(scene, listed, "required_qty")
    return arguments


@act(1)
def reschedule_production(scene: Scene) -> dict[str, object]:
    scene.by("planner", "production", "other_planner")
    return {}


# Plain writes


def shaped(thought: Callable[[Scene], Row]) -> Callable[[Scene], Row]:
    """Add to the inserts that are mostly thought of so."""
    SHAPED[f"insert {thought.__name__}"] = thought
    return thought


@shaped
def stock_moves(scene: Scene) -> Row:
    reason = scene.dice.choice(["opening", "opening", "transfer", "transfer", "shipment", "scrap"])
    if reason == "opening":
        variant = scene.one("product_variants")
        lots = scene.facts.of("lots", "product_variant_id", variant)
        lot = scene.dice.choice(lots)["id"] if lots else None
        held: Row = {"product_variant_id": variant["id"], "lot_id": lot, "on_hand": 20}
    else:
        held = scene.one("stock_levels", lambda row: row["on_hand"] > 0)
    move = {
        "product_variant_id": held["product_variant_id"],
        "lot_id": held["lot_id"],
        "quantity": scene.pieces(held["on_hand"]),
        "reason": reason,
    }
    if reason != "opening":
        move["from_location_id"] = held["stock_location_id"]
    if reason in ("opening", "transfer"):
        move["to_location_id"] = scene.one("stock_locations", lambda row: row["is_active"])["id"]
    return move


@shaped
def inventory_reservations(scene: Scene) -> Row:
    level = scene.one("stock_levels", lambda row: row["available"] > 0)
    return {
        "product_variant_id": level["product_variant_id"],
        "stock_location_id": level["stock_location_id"],
        "lot_id": level["lot_id"],
        "quantity": scene.pieces(level["available"]),
        "order_item_id": scene.one("order_items", lambda row: not row["is_cancelled"])["id"],
    }


@shaped
def production_orders(scene: Scene) -> Row:
    made = [
        variant
        for template in scene.facts["bom_templates"]
        if any(
            version["status"] == "active"
            for version in scene.facts.of("bom_versions", "bom_template_id", template)
        )
        for variant in scene.facts.of(
            "product_variants", "product_id", {"id": template["product_id"]}
        )
    ]
    if not made:
        raise LookupError
    order: Row = {
        "product_variant_id": scene.dice.choice(made)["id"],
        "quantity": scene.pieces(scene.dice.choice([1, 2, 5, 10])),
    }
    if scene.chance(40):
        order["priority"] = scene.dice.choice([1, 50, 200])
    if scene.chance(30):
        order["allow_partial_start"] = True
    if scene.chance(50):
        order["need_by"] = scene.dice.choice(DATES)
    return order


def is_of(column: str, other: str) -> Callable[[Scene, Row, Row], bool]:
    """Tell of a row whether a column of it says what one of the new row does."""
    return lambda scene, row, new: row[column] == new.get(other)


FITTING |= {
    "order_item_supplies.order_item_id": lambda scene, row, new: is_free(scene)(row),
    "stock_moves.lot_id": is_of("product_variant_id", "product_variant_id"),
    "inventory_reservations.lot_id": is_of("product_variant_id", "product_variant_id"),
    "purchase_order_lines.purchase_order_id": lambda scene, row, new: row["status"] == "draft",
    "purchase_order_lines.product_variant_id": lambda scene, row, new: scene.facts.of(
        "supplier_products", "product_variant_id", row
    ),
    "goods_receipts.purchase_order_id": lambda scene, row, new: row["status"] in RECEIVING,
    "goods_receipt_lines.goods_receipt_id": lambda scene, row, new: row["voided_at"] is None,
    "goods_receipt_lines.purchase_order_line_id": lambda scene, row, new: (
        row["open_qty"] > 0
        and row["purchase_order_id"]
        == scene.facts.by_id.get(new.get("goods_receipt_id"), {}).get("purchase_order_id")
    ),
    "production_outputs.production_order_id": lambda scene, row, new: row["status"] in WORKING,
    "bom_lines.bom_version_id": lambda scene, row, new: row["status"] == "draft",
    "bom_operations.bom_version_id": lambda scene, row, new: row["status"] == "draft",
}

# What a game that is about making and buying consists of.
SUPPLY_COMMANDS = {*ACTS.keys() - BEFORE, "create_order", "count_stock", "revise_bom"}
SUPPLY_TABLES = {
    *("production_orders", "production_outputs", "production_operations", "order_item_supplies"),
    *("purchase_orders", "purchase_order_lines", "goods_receipts", "goods_receipt_lines"),
    *("supplier_products", "supplier_price_breaks", "purchase_approval_tiers", "reorder_rules"),
    *("stock_moves", "stock_locations", "lots", "warehouses", "inventory_reservations"),
    *("bom_templates", "bom_versions", "bom_lines", "bom_operations", "demand_forecasts"),
    *("work_centers", "work_center_days", "order_items", "orders", "product_variants"),
    *("organization_settings", "unit_conversions", "purchase_order_approvals"),
}
