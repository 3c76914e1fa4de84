"""What holds of stock, purchase orders, production and plans at every moment, by pure functions."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from simulation.facts import Facts, Row
from simulation.laws import broken, law, misstepped, raised

__all__ = ["broken", "misstepped"]  # with these laws among them


def total(rows: list[Row], column: str = "quantity") -> Decimal:
    """Add up a column."""
    return sum((Decimal(str(row[column])) for row in rows), Decimal(0))


def standing(facts: Facts, line: Row) -> list[Row]:
    """Return the receipts of a purchase order line that are not voided."""
    return [
        received
        for received in facts.of("goods_receipt_lines", "purchase_order_line_id", line)
        if facts.by_id[received["goods_receipt_id"]]["voided_at"] is None
    ]


@law
def what_is_reserved_is_there_and_reserved_once(facts: Facts) -> Iterator[str]:
    promised: Counter[tuple[str, str, str | None]] = Counter()
    for one in facts["inventory_reservations"]:
        promised[one["product_variant_id"], one["stock_location_id"], one["lot_id"]] += one[
            "quantity"
        ]
    for level in facts["stock_levels"]:
        place = (level["product_variant_id"], level["stock_location_id"], level["lot_id"])
        reserved = promised.pop(place, 0)
        if level["reserved"] != reserved or reserved > level["on_hand"]:
            yield f"level {level['id']}: {level['reserved']} of {level['on_hand']}, not {reserved}"
    if promised:
        yield f"nothing lies where {list(promised)} is reserved"


@law
def a_component_counts_what_it_holds_and_was_given(facts: Facts) -> Iterator[str]:
    for component in facts["production_components"]:
        order = facts.by_id[component["production_order_id"]]
        held = total(facts.of("inventory_reservations", "production_component_id", component))
        moves = facts.of("stock_moves", "production_component_id", component)
        back = total([move for move in moves if move["reason"] == "return"])
        given = total(moves) - 2 * back
        if (component["reserved_qty"], component["issued_qty"]) != (held, given):
            yield f"component {component['id']}: holds {held}, was given {given}"
        needed = component["required_qty"] - given if order["is_open"] else Decimal(0)
        if held > max(needed, 0) or given < 0:
            yield f"component {component['id']} holds {held} of {needed} that it needs"


@law
def a_production_order_counts_its_outputs(facts: Facts) -> Iterator[str]:
    for order in facts["production_orders"]:
        outputs = facts.of("production_outputs", "production_order_id", order)
        made = (total(outputs), total(outputs, "scrapped_qty"))
        if (order["completed_qty"], order["scrapped_qty"]) != made:
            yield f"order {order['id']}: {order['completed_qty']} made, not {made}"
        if sum(made) and order["status"] not in ("in_progress", "completed"):
            yield f"order {order['id']} has made {made} and is {order['status']}"
        if order["status"] == "in_progress" and sum(made) >= order["quantity"]:
            yield f"order {order['id']} is not completed with {made} of {order['quantity']}"


@law
def every_change_of_a_production_orders_status_is_in_its_history(facts: Facts) -> Iterator[str]:
    for order in facts["production_orders"]:
        listed = facts.of("production_order_history", "production_order_id", order)
        changes = sorted(listed, key=in_order)
        states = [None, *(change["new_status"] for change in changes)]
        if [change["old_status"] for change in changes] != states[:-1]:
            yield f"history of production order {order['id']} has gaps: {states}"
        if states[-1] != order["status"]:
            yield f"history of production order {order['id']} ends with {states[-1]}"


def in_order(row: Row) -> tuple[str, str]:
    """Return what tells which row came first; ids of one millisecond are in no order."""
    return row["created_at"], row["id"]


@law
def a_purchase_order_is_the_sum_of_its_lines(facts: Facts) -> Iterator[str]:
    for order in facts["purchase_orders"]:
        lines = facts.of("purchase_order_lines", "purchase_order_id", order)
        if order["subtotal"] != total(lines, "line_total"):
            yield f"purchase order {order['id']}: {order['subtotal']} is not what its lines cost"


@law
def a_purchase_line_counts_its_receipts(facts: Facts) -> Iterator[str]:
    for line in facts["purchase_order_lines"]:
        order = facts.by_id[line["purchase_order_id"]]
        received = standing(facts, line)
        came, refused = total(received, "received_qty"), total(received, "rejected_qty")
        if (line["received_qty"], line["rejected_qty"]) != (came, refused):
            yield f"line {line['id']}: {came} came, {refused} of it rejected"
        wanted = line["quantity"] - line["cancelled_qty"]
        still = max(wanted - came + refused, 0) if order["is_open"] else 0
        if line["open_qty"] != still:
            yield f"line {line['id']}: {line['open_qty']} to come, not {still}"
        if came - refused > raised(wanted, line["over_receipt_tolerance_pct"]):
            yield f"line {line['id']}: {came - refused} in stock of {wanted}"


@law
def a_plan_can_be_reckoned_again(facts: Facts) -> Iterator[str]:
    for planned in facts["planned_supplies"]:
        why = {name: Decimal(str(value)) for name, value in planned["why"].items() if is_sum(name)}
        wanted = why["gross"] + why["target"] + why["reserved_elsewhere"]
        net = wanted - why["on_hand"] - why["incoming"] - why["planned_before"]
        if not net == why["net"] == planned["net_qty"]:
            yield f"planned {planned['id']}: {net} short, not {planned['net_qty']}"
        by_date = total(planned["why"]["incoming_by_date"])
        if by_date != why["incoming"]:
            yield f"planned {planned['id']}: {by_date} comes by date, not {why['incoming']}"


def is_sum(name: str) -> bool:
    """Tell what of the arithmetic is added up."""
    sums = ("gross", "target", "reserved_elsewhere", "on_hand", "incoming", "planned_before", "net")
    return name in sums
