"""What holds at every moment, worked out anew from the rows by pure functions.

Each law yields a sentence for each row that breaks it.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from simulation.facts import Facts, Row

Law = Callable[[Facts], Iterator[str]]
LAWS: list[Law] = []
IN_FORCE = ("PC_SIGNED", "CLOSED")
ISSUED = ("ISSUED", *IN_FORCE)
OPEN = ("DRAFT", "ISSUED")
ACCEPTED = ("sales_order", "so_sent", "so_approved")


def law(rule: Law) -> Law:
    """Add to the laws."""
    LAWS.append(rule)
    return rule


def broken(facts: Facts) -> list[str]:
    """Return what breaks any of the laws."""
    return [f"{rule.__name__}: {breach}" for rule in LAWS for breach in rule(facts)]


# What things are, by the facts


def effective(made: Row) -> Decimal:
    """Return the pieces that count of a slice."""
    if not made["is_awarded"]:
        return Decimal(0)
    return Decimal(made["awarded_qty"] if made["closed_at"] is None else made["closed_qty"])


def is_live(made: Row) -> bool:
    """Tell whether it is an open candidate that may still be awarded."""
    is_open = made["closed_at"] is None and not made["is_awarded"]
    return is_open and made["quote_status"] in ("invited", "quoted")


def raised(quantity: Decimal, percentage: Decimal | int) -> Decimal:
    """Add a tolerance."""
    return quantity * (100 + Decimal(percentage)) / 100


def need(line: Row) -> Decimal:
    """Return the pieces that make a line fully awarded."""
    asked = Decimal(line["quantity"] - line["short_closed_qty"])
    return raised(asked, -Decimal(line["under_award_tolerance_pct"]))


def status(facts: Facts, line: Row) -> str:
    """Return a line's allocation_status: the first of the seven rules that holds."""
    slices = facts.slices_of(line)
    standing = [made for made in slices if effective(made) > 0]
    live = [made for made in slices if is_live(made)]

    def all_are(*states: str) -> bool:
        return all(
            any(c["status"] in states for c in facts.contracts_of(made)) for made in standing
        )

    is_full = bool(standing) and sum(map(effective, standing)) >= need(line)
    invited = [
        made
        for made in live
        if made["invited_at"] and facts.by_id[made["allocation_id"]]["sent_at"]
    ]
    rules = {
        "CANCELLED": line["is_cancelled"],
        "PC_SIGNED": is_full and all_are(*IN_FORCE),
        "PC_ISSUED": is_full and all_are(*ISSUED),
        "CONFIRMED": is_full,
        "ALLOCATED": invited or standing,
        "PREALLOCATED": live,
    }
    return next((name for name, holds in rules.items() if holds), "UNALLOCATED")


def commitment(facts: Facts, line: Row) -> Decimal:
    """Return what is committed of a line: by open items, and by the slices of closed ones."""
    return sum(
        (
            Decimal(item["committed_qty"])
            if item["closed_at"] is None
            else sum(map(effective, slices_on(facts, item)), Decimal(0))
            for item in facts.of("allocation_items", "order_item_id", line)
        ),
        Decimal(0),
    )


def slices_on(facts: Facts, item: Row) -> list[Row]:
    """Return the slices and candidates of an allocation item."""
    return facts.of("allocation_items_supplier", "allocation_item_id", item)


def run_of(facts: Facts, table: str, column: str, parent: Row) -> dict[str, Decimal]:
    """Return a size run."""
    return {z["size_label"]: z["quantity"] for z in facts.of(table, column, parent)}


def receipts_of(facts: Facts, made: Row) -> list[Row]:
    """Return the receipts of a slice that count."""
    received = facts.of("factory_receipts", "allocation_item_supplier_id", made)
    return [receipt for receipt in received if receipt["voided_at"] is None]


def paid_for(facts: Facts, made: Row) -> Decimal:
    """Return what was paid for a slice."""
    lines = facts.of("factory_payment_lines", "allocation_item_supplier_id", made)
    standing = [
        line for line in lines if facts.by_id[line["factory_payment_id"]]["voided_at"] is None
    ]
    return sum((Decimal(line["amount"]) for line in standing), Decimal(0))


def approved_of(facts: Facts, made: Row) -> list[Row]:
    """Return the lines of a slice on approved invoices and credit notes."""
    lines = facts.of("factory_invoice_lines", "allocation_item_supplier_id", made)
    return [
        line for line in lines if facts.by_id[line["factory_invoice_id"]]["status"] == "approved"
    ]


def open_amount(facts: Facts, invoice: Row) -> Decimal:
    """Return what is still to be paid of an invoice: what fell due first comes first."""
    left = Decimal(0)
    for line in facts.of("factory_invoice_lines", "factory_invoice_id", invoice):
        made = facts.by_id[line["allocation_item_supplier_id"]]
        paid = paid_for(facts, made)
        before = Decimal(0)
        bills = [
            (bill["due_date"], bill["id"], one["net_amount"])
            for one in approved_of(facts, made)
            if not (bill := facts.by_id[one["factory_invoice_id"]])["credits_id"]
        ]
        for _due, bill_id, amount in sorted(bills):
            if bill_id == invoice["id"]:
                most = min(before + amount, made["payable_amount"])
                left += max(most - max(before, paid), Decimal(0))
            before += amount
    return left if not invoice["credits_id"] else Decimal(0)


def in_force_of(facts: Facts, made: Row) -> Row | None:
    """Return the contract in force that holds a slice."""
    return next((c for c in facts.contracts_of(made) if c["status"] in IN_FORCE), None)


# Laws of lines


@law
def a_line_has_the_status_that_its_facts_make(facts: Facts) -> Iterator[str]:
    for line in facts["order_items"]:
        if (derived := status(facts, line)) != line["allocation_status"]:
            yield f"line {line['id']} is {line['allocation_status']}, not {derived}"


@law
def every_change_of_a_lines_status_is_in_its_history(facts: Facts) -> Iterator[str]:
    came: Counter[tuple[str, str]] = Counter()
    for change in facts["order_history"]:
        if change["order_item_id"] and change["action"] == "status_changed":
            came[change["order_item_id"], change["new_status"]] += 1
            came[change["order_item_id"], change["old_status"]] -= 1
    for line in facts["order_items"]:
        came[line["id"], "UNALLOCATED"] += 1
        came[line["id"], line["allocation_status"]] -= 1
        if gaps := [f"{s} {n:+}" for (i, s), n in came.items() if i == line["id"] and n]:
            yield f"history of line {line['id']} does not lead from birth to now: {gaps}"


@law
def every_change_of_an_orders_status_is_in_its_history(facts: Facts) -> Iterator[str]:
    for order in facts["orders"]:
        changes = [
            change
            for change in facts.of("order_history", "order_id", order)
            if change["order_item_id"] is None
        ]
        if any(change["old_status"] == change["new_status"] for change in changes):
            yield f"order {order['id']} went from a status to itself"


@law
def a_place_holds_what_came_in_less_what_went_out(facts: Facts) -> Iterator[str]:
    held: Counter[tuple[str, str, str | None]] = Counter()
    for move in facts["stock_moves"]:
        goods = (move["product_variant_id"], move["lot_id"])
        for place, sign in ((move["from_location_id"], -1), (move["to_location_id"], 1)):
            if place:
                held[goods[0], place, goods[1]] += sign * move["quantity"]
    for level in facts["stock_levels"]:
        key = (level["product_variant_id"], level["stock_location_id"], level["lot_id"])
        if level["on_hand"] != held.pop(key, 0) or level["on_hand"] < 0:
            yield f"level {level['id']} holds {level['on_hand']}"
        if level["available"] != (
            0 if level["location_kind"] == "quarantine" else level["on_hand"] - level["reserved"]
        ):
            yield f"level {level['id']} says that {level['available']} can be used"
    if any(held.values()):
        yield f"nothing says what is held in {[key for key, quantity in held.items() if quantity]}"


@law
def nothing_is_made_of_itself(facts: Facts) -> Iterator[str]:
    goes_into: defaultdict[str, set[str]] = defaultdict(set)
    for line in facts["bom_lines"]:
        template = facts.by_id[facts.by_id[line["bom_version_id"]]["bom_template_id"]]
        product = facts.by_id[template["product_id"]]
        for variant in facts.of("product_variants", "product_id", product):
            if line["kind"] == "input" and template["product_variant_id"] in (None, variant["id"]):
                goes_into[variant["id"]].add(line["product_variant_id"])
    for made, components in goes_into.items():
        ahead, reached = components, set[str]()
        while ahead:
            reached |= ahead
            ahead = set().union(*(goes_into.get(part, set()) for part in ahead)) - reached
        if made in reached:
            yield f"variant {made} goes into itself"


@law
def one_version_of_a_bill_is_in_force(facts: Facts) -> Iterator[str]:
    days = Counter(
        (version["bom_template_id"], version["valid_from"])
        for version in facts["bom_versions"]
        if version["status"] == "active"
    )
    yield from (f"bill {day} is in force twice" for day, times in days.items() if times > 1)


@law
def a_line_is_the_sum_of_its_sizes(facts: Facts) -> Iterator[str]:
    for line in facts["order_items"]:
        run = run_of(facts, "order_item_sizes", "order_item_id", line)
        if run and sum(run.values()) != line["quantity"]:
            yield f"line {line['id']}: {line['quantity']} pieces, sizes {run}"


@law
def a_line_knows_what_is_committed_and_awarded_of_it(facts: Facts) -> Iterator[str]:
    for line in facts["order_items"]:
        kept = (line["committed_qty"], line["effective_qty"])
        true = (commitment(facts, line), sum(map(effective, facts.slices_of(line))))
        if kept != true:
            yield f"line {line['id']}: committed, effective {kept}, by its facts {true}"
        most = raised(
            line["quantity"] - line["short_closed_qty"], line["over_commit_tolerance_pct"]
        )
        if true[0] > most:
            yield f"line {line['id']}: {true[0]} committed of {most}"


@law
def a_line_points_at_its_newest_open_allocation_item(facts: Facts) -> Iterator[str]:
    for line in facts["order_items"]:
        items = facts.of("allocation_items", "order_item_id", line)
        newest = max((i["id"] for i in items if i["closed_at"] is None), default=None)
        if line["allocation_item_id"] != newest:
            yield f"line {line['id']} points at {line['allocation_item_id']}, not {newest}"


@law
def nothing_of_a_cancelled_line_is_open(facts: Facts) -> Iterator[str]:
    for line in facts["order_items"]:
        if line["is_cancelled"]:
            for item in facts.of("allocation_items", "order_item_id", line):
                if item["closed_at"] is None:
                    yield f"allocation item {item['id']} of cancelled line {line['id']} is open"
            for made in facts.slices_of(line):
                if made["closed_at"] is None or effective(made):
                    yield f"slice {made['id']} of cancelled line {line['id']} stands"


@law
def only_lines_of_accepted_orders_are_allocated(facts: Facts) -> Iterator[str]:
    for order in facts["orders"]:
        if order["status"] == "cancelled":
            for line in facts.of("order_items", "order_id", order):
                if not line["is_cancelled"]:
                    yield f"line {line['id']} of cancelled order {order['id']} stands"


# Laws of allocation items and slices


@law
def slices_take_no_more_than_their_allocation_item_has(facts: Facts) -> Iterator[str]:
    for item in facts["allocation_items"]:
        taken = sum(map(effective, slices_on(facts, item)))
        if item["effective_qty"] != taken or taken > item["committed_qty"]:
            yield (
                f"allocation item {item['id']}: {item['committed_qty']} committed,"
                f" {item['effective_qty']} effective, slices {taken}"
            )


@law
def a_closed_allocation_item_has_no_open_candidate(facts: Facts) -> Iterator[str]:
    for item in facts["allocation_items"]:
        if (item["closed_at"] is None) != (item["close_reason"] is None):
            yield f"allocation item {item['id']} is closed for no reason"
        if item["closed_at"]:
            for made in slices_on(facts, item):
                if made["closed_at"] is None and not made["is_awarded"]:
                    yield f"candidate {made['id']} of closed allocation item {item['id']} is open"


@law
def size_runs_add_up(facts: Facts) -> Iterator[str]:
    for line in facts["order_items"]:
        run = run_of(facts, "order_item_sizes", "order_item_id", line)
        for item in facts.of("allocation_items", "order_item_id", line):
            own = run_of(facts, "allocation_item_sizes", "allocation_item_id", item)
            is_open = item["closed_at"] is None
            if is_open and (
                bool(run) != bool(own) or (own and sum(own.values()) != item["committed_qty"])
            ):
                yield f"allocation item {item['id']}: {item['committed_qty']} pieces, sizes {own}"
            taken: Counter[str] = Counter()
            for made in slices_on(facts, item):
                sizes = run_of(
                    facts, "allocation_item_supplier_sizes", "allocation_item_supplier_id", made
                )
                if made["is_awarded"]:
                    taken.update(sizes)
                counts = effective(made) if made["is_awarded"] else made["order_qty"]
                is_wrong = bool(own) != bool(sizes) or (sizes and sum(sizes.values()) != counts)
                if is_wrong and (made["is_awarded"] or made["closed_at"] is None):
                    yield f"slice {made['id']} counts for {counts}, sizes {sizes}"
            if is_open and any(taken[size] > own.get(size, 0) for size in taken):
                yield f"slices of allocation item {item['id']} take {dict(taken)} of {own}"
        open_runs: Counter[str] = Counter()
        for item in facts.of("allocation_items", "order_item_id", line):
            if item["closed_at"] is None:
                own = run_of(facts, "allocation_item_sizes", "allocation_item_id", item)
                open_runs.update(own)
        if not line["over_commit_tolerance_pct"] and any(
            open_runs[size] > run.get(size, 0) for size in open_runs
        ):
            yield f"{dict(open_runs)} is committed of line {line['id']}, whose run is {run}"


@law
def a_slice_knows_what_it_counts_for(facts: Facts) -> Iterator[str]:
    for made in facts["allocation_items_supplier"]:
        counts = effective(made)
        receipts = receipts_of(facts, made)
        received = sum(r["qty_received"] for r in receipts)
        accepted = received - sum(r["qty_rejected"] for r in receipts)
        payable = min(accepted, counts + made["accepted_excess_qty"])
        amount = payable * (made["awarded_price"] or 0)
        paid = paid_for(facts, made)
        billed = approved_of(facts, made)
        true = {
            "effective_qty": counts,
            "received_qty": received,
            "accepted_qty": accepted,
            "excess_qty": max(accepted - counts, Decimal(0)),
            "payable_qty": payable,
            "payable_amount": amount.quantize(Decimal("0.0001")) if amount else amount,
            "paid_amount": paid,
            "approved_qty": sum(line["quantity"] for line in billed),
            "approved_amount": sum(line["amount"] for line in billed),
        }
        true["balance"] = true["payable_amount"] - paid
        if wrong := {name: made[name] for name, value in true.items() if made[name] != value}:
            yield f"slice {made['id']} says {wrong}, by its facts {true}"
        if accepted > raised(counts, made["over_receipt_tolerance_pct"] or 0):
            yield f"slice {made['id']}: {accepted} accepted of {counts}"
        if paid < 0:
            yield f"slice {made['id']}: {paid} paid"


@law
def an_award_was_possible(facts: Facts) -> Iterator[str]:
    for made in facts["allocation_items_supplier"]:
        if made["is_awarded"]:
            if not (made["invited_at"] and facts.by_id[made["allocation_id"]]["sent_at"]):
                yield f"slice {made['id']} is awarded and was never sent"
            if made["capacity_qty"] and made["awarded_qty"] > made["capacity_qty"]:
                yield f"slice {made['id']}: {made['awarded_qty']} of {made['capacity_qty']}"
            agreed = {
                line["price"]
                for line in facts.of("factory_po_lines", "allocation_item_supplier_id", made)
                if facts.by_id[line["factory_po_id"]]["signed_at"]
            }
            if made["awarded_price"] not in (
                made["price"] if made["quote_status"] == "quoted" else None,
                *agreed,
            ):
                notes = facts.of(
                    "allocation_item_supplier_notes", "allocation_item_supplier_id", made
                )
                if not any(note["kind"] == "price_override" for note in notes):
                    yield f"slice {made['id']}: price {made['awarded_price']} and no remark"


@law
def a_factory_is_an_open_candidate_once(facts: Facts) -> Iterator[str]:
    for item in facts["allocation_items"]:
        times = Counter(
            made["factory_id"]
            for made in slices_on(facts, item)
            if made["closed_at"] is None and not made["is_awarded"]
        )
        if times and max(times.values()) > 1:
            yield f"a factory is a candidate of {item['id']} twice"


# Laws of contracts


@law
def there_is_one_open_contract_and_one_in_force(facts: Facts) -> Iterator[str]:
    for states in (OPEN, IN_FORCE):
        times = Counter(
            (contract["allocation_id"], contract["factory_id"], contract["currency"])
            for contract in facts["factory_pos"]
            if contract["status"] in states
        )
        for what, count in times.items():
            if count > 1:
                yield f"{count} contracts are {'/'.join(states)} for {what}"


@law
def a_signed_contract_is_closed_while_all_is_received_and_paid(facts: Facts) -> Iterator[str]:
    for contract in facts["factory_pos"]:
        slices = facts.slices_under(contract)
        if contract["status"] in IN_FORCE:
            is_done = all(
                made["accepted_qty"] >= effective(made) and made["balance"] == 0 for made in slices
            )
            expected = "CLOSED" if is_done else "PC_SIGNED"
            if not any(map(effective, slices)):
                expected = "CANCELLED"
            if contract["status"] != expected:
                yield f"contract {contract['id']} is {contract['status']}, not {expected}"


@law
def a_signed_contract_that_is_cancelled_is_superseded_or_its_slices_are_closed_at_zero(
    facts: Facts,
) -> Iterator[str]:
    for contract in facts["factory_pos"]:
        if contract["status"] == "CANCELLED" and contract["signed_at"]:
            for made in facts.slices_under(contract):
                successor = in_force_of(facts, made)
                is_carried = successor and (
                    successor["po_number"] == contract["po_number"]
                    and successor["version"] > contract["version"]
                )
                if (effective(made) or made["accepted_qty"]) and not is_carried:
                    yield f"slice {made['id']} of cancelled contract {contract['id']} stands"


@law
def a_next_version_carries_every_slice_that_stands(facts: Facts) -> Iterator[str]:
    for contract in facts["factory_pos"]:
        if contract["status"] in OPEN:
            carried = {made["id"] for made in facts.slices_under(contract)}
            former = [
                other
                for other in facts["factory_pos"]
                if other["status"] in IN_FORCE
                and other["po_number"] == contract["po_number"]
                and other["factory_id"] == contract["factory_id"]
            ]
            for made in (made for other in former for made in facts.slices_under(other)):
                if effective(made) and made["id"] not in carried and contract["issued_at"]:
                    yield f"version {contract['id']} leaves out slice {made['id']}"


@law
def an_issued_contract_says_what_its_slices_are(facts: Facts) -> Iterator[str]:
    for contract in facts["factory_pos"]:
        lines = facts.of("factory_po_lines", "factory_po_id", contract)
        for line in lines:
            made = facts.by_id[line["allocation_item_supplier_id"]]
            terms = (line["quantity"], line["price"])
            slice_terms = (effective(made), made["awarded_price"])
            sizes = run_of(facts, "factory_po_line_sizes", "factory_po_line_id", line)
            parties = [
                (r["allocation_id"], r["factory_id"], r["currency"]) for r in (contract, made)
            ]
            # The next version of a contract may say fewer pieces, and another price.
            is_revised = in_force_of(facts, made) and line["quantity"] <= effective(made)
            is_agreed = terms == slice_terms or is_revised
            if contract["status"] in OPEN and (not is_agreed or parties[0] != parties[1]):
                yield f"{contract['status']} {contract['id']} says {terms}, its slice {slice_terms}"
            if (
                contract["status"] in IN_FORCE
                and made["awarded_qty"] is not None
                and (
                    terms != (made["awarded_qty"], made["awarded_price"])
                    and made["closed_at"] is None
                )
            ):
                yield f"signed {contract['id']} says {terms}, its slice is {slice_terms}"
            if contract["issued_at"] and sizes and sum(sizes.values()) != line["quantity"]:
                yield f"line {line['id']} of {contract['id']}: {line['quantity']}, sizes {sizes}"
        if contract["status"] in ISSUED:
            sums = (sum(ln["quantity"] for ln in lines), sum(ln["amount"] for ln in lines))
            if not lines or sums != (contract["total_qty"], contract["total_amount"]):
                yield f"contract {contract['id']} does not add up to {sums}"


@law
def a_slice_is_under_one_contract_that_is_not_yet_superseded(facts: Facts) -> Iterator[str]:
    for made in facts["allocation_items_supplier"]:
        states = Counter(contract["status"] for contract in facts.contracts_of(made))
        if states["PC_SIGNED"] + states["CLOSED"] > 1 or states["ISSUED"] > 1:
            yield f"slice {made['id']} is under {dict(states)}"


@law
def a_contract_supersedes_the_version_before(facts: Facts) -> Iterator[str]:
    for contract in facts["factory_pos"]:
        if former := facts.by_id.get(contract["supersedes_id"]):
            same = ("po_number", "allocation_id", "factory_id", "currency")
            if contract["version"] <= former["version"] or any(
                contract[name] != former[name] for name in same
            ):
                yield f"contract {contract['id']} does not follow {former['id']}"
            # Versions in between were taken back before anybody signed them.
            for other in facts["factory_pos"]:
                if (
                    all(other[name] == contract[name] for name in same)
                    and former["version"] < other["version"] < contract["version"]
                    and (other["signed_at"] or other["status"] != "CANCELLED")
                ):
                    yield f"contract {contract['id']} passes over {other['id']}"


@law
def a_payment_is_the_sum_of_its_lines(facts: Facts) -> Iterator[str]:
    for payment in facts["factory_payments"]:
        lines = facts.of("factory_payment_lines", "factory_payment_id", payment)
        if payment["amount"] != sum(line["amount"] for line in lines):
            yield f"payment {payment['id']} is {payment['amount']}"
        contract = facts.by_id[payment["factory_po_id"]]
        if (payment["factory_id"], payment["currency"]) != (
            contract["factory_id"],
            contract["currency"],
        ):
            yield f"payment {payment['id']} is another factory's, or in another currency"


@law
def an_invoice_is_the_sum_of_its_lines(facts: Facts) -> Iterator[str]:
    for invoice in facts["factory_invoices"]:
        lines = facts.of("factory_invoice_lines", "factory_invoice_id", invoice)
        contract = facts.by_id[invoice["factory_po_id"]]
        if invoice["amount"] != sum(line["quantity"] * line["unit_price"] for line in lines):
            yield f"invoice {invoice['id']} is {invoice['amount']}"
        if any(invoice[name] != contract[name] for name in ("factory_id", "currency")):
            yield f"invoice {invoice['id']} is another factory's, or in another currency"
        credited: Counter[str] = Counter()
        for note in facts.of("factory_invoices", "credits_id", invoice):
            if note["status"] == "approved":
                for line in facts.of("factory_invoice_lines", "factory_invoice_id", note):
                    credited[line["allocation_item_supplier_id"]] -= line["quantity"]
        for line in lines:
            taken = credited[line["allocation_item_supplier_id"]]
            if line["credited_qty"] != taken or taken > max(line["quantity"], 0):
                yield f"line {line['id']}: {line['credited_qty']} credited, not {taken}"
        if credited and invoice["status"] != "approved":
            yield f"invoice {invoice['id']} is {invoice['status']} and credited"


# Laws of timelines


def days_on(facts: Facts) -> Callable[[date, int, bool], date]:
    """Make what counts days, one after the other."""
    weekdays = set(facts["organization_settings"][0]["working_days"])
    holidays = {date.fromisoformat(row["holiday_date"]) for row in facts["holidays"]}

    def later(day: date, days: int, is_working_days: bool) -> date:
        while days:
            day += timedelta(days=1)
            if not is_working_days or (day.isoweekday() in weekdays and day not in holidays):
                days -= 1
        return day

    return later


@law
def every_line_is_one_timeline_and_every_standing_slice_a_split_of_it(
    facts: Facts,
) -> Iterator[str]:
    for line in facts["order_items"]:
        roots = facts.of("timeline_nodes", "order_item_id", line)
        if len(roots) != 1:
            yield f"line {line['id']} has {len(roots)} timelines"
            continue
        for made in facts.slices_of(line):
            splits = facts.of("timeline_nodes", "allocation_item_supplier_id", made)
            standing = [split for split in splits if not split["is_cancelled"]]
            if len(splits) > 1 or bool(standing) != bool(effective(made)):
                yield f"slice {made['id']} has {len(standing)} of {len(splits)} splits"
            if any(split["parent_id"] != roots[0]["id"] for split in splits):
                yield f"the split of slice {made['id']} is of another line"


@law
def a_forecast_follows_from_what_it_waits_for(facts: Facts) -> Iterator[str]:
    later = days_on(facts)
    found: dict[str, date] = {}

    def forecast(node: Row) -> date:
        if node["id"] not in found:
            own = node["actual_date"] or node["estimated_date"] or node["planned_date"]
            arrivals = [
                later(forecast(before), wait["lag_days"], wait["is_working_days"])
                for wait in facts.of("timeline_dependencies", "timeline_node_id", node)
                if not (before := facts.by_id[wait["predecessor_id"]])["is_cancelled"]
                and not node["actual_date"]
            ]
            found[node["id"]] = max(date.fromisoformat(own), *arrivals, date.min)
        return found[node["id"]]

    for node in facts["timeline_nodes"]:
        if node["kind"] not in ("root", "split") and not node["is_cancelled"]:
            if node["forecast_date"] != str(forecast(node)):
                yield f"node {node['id']}: {node['forecast_date']}, not {forecast(node)}"
            is_late = node["forecast_date"] > node["planned_date"]
            if is_late != bool(facts.of("timeline_delays", "id", node)):
                yield f"node {node['id']} is late without a cause, or has one and is not"


@law
def a_milestone_is_done_while_its_fact_is_so(facts: Facts) -> Iterator[str]:
    stages = ("not_started", "materials", "cutting", "sewing", "finishing", "packed", "shipped")
    slices = {line["id"]: facts.slices_of(line) for line in facts["order_items"]}

    def is_so(made: Row, fact: str) -> bool:
        if fact == "contract_signed":
            return in_force_of(facts, made) is not None
        if fact == "received":
            return bool(made["accepted_qty"] >= effective(made))
        return stages.index(made["production_status"]) >= stages.index(fact)

    for node in facts["timeline_nodes"]:
        if node["completed_by"] and not node["is_cancelled"]:
            above = facts.by_id[node["parent_id"]]
            if above["kind"] == "split":
                standing, is_covered = [facts.by_id[above["allocation_item_supplier_id"]]], True
            else:
                standing = [made for made in slices[above["order_item_id"]] if effective(made)]
                line = facts.by_id[above["order_item_id"]]
                is_covered = sum(map(effective, standing)) >= need(line)
            is_done = bool(standing and is_covered) and all(
                is_so(one, node["completed_by"]) for one in standing
            )
            if is_done != bool(node["actual_date"]):
                yield f"node {node['id']} ({node['completed_by']}): {node['actual_date']}"


@law
def an_event_is_for_whom_its_node_is_for(facts: Facts) -> Iterator[str]:
    for event in facts["timeline_events"]:
        node = facts.by_id[event["timeline_node_id"]]
        root = facts.by_id[node["root_id"]]
        if event["client_id"] not in (None, root["client_id"]) or (
            event["factory_id"] not in (None, node["factory_id"])
        ):
            yield f"event {event['id']} is for somebody else"
        if event["is_internal"] and (event["client_id"] or event["factory_id"]):
            yield f"event {event['id']} is internal, and for somebody"


# Laws of a step


def misstepped(before: Facts, after: Facts) -> list[str]:
    """Return what one request should not have done."""
    return [
        f"{law.__name__}: {breach}"
        for law in (
            slices_go_one_way,
            money_is_paid_for_what_is_owed,
            an_invoice_matched_when_it_was_approved,
            what_is_signed_becomes_the_terms_of_its_slices,
            what_was_issued_is_frozen,
            what_was_voided_stays_so,
            no_document_is_deleted,
        )
        for breach in law(before, after)
    ]


def pairs(before: Facts, after: Facts, *tables: str) -> Iterator[tuple[Row, Row]]:
    """Return rows as they were and as they are."""
    for table in tables:
        for row in after[table]:
            if row["id"] in before.by_id:
                yield before.by_id[row["id"]], row


def slices_go_one_way(before: Facts, after: Facts) -> Iterator[str]:
    for was, made in pairs(before, after, "allocation_items_supplier"):
        if was["accepted_excess_qty"] < made["accepted_excess_qty"] > made["excess_qty"]:
            yield f"slice {made['id']}: accepts more excess than {made['excess_qty']}"
        if was["closed_at"] and not made["closed_at"]:
            yield f"slice {made['id']} was opened again"
        if was["is_awarded"] and made["is_awarded"]:
            if was["awarded_price"] != made["awarded_price"] and not newly_signed(
                before, after, made
            ):
                yield f"slice {made['id']}: the awarded price changed"
            least = min(made["accepted_qty"], made["awarded_qty"])
            if effective(made) < min(effective(was), least):
                yield f"slice {made['id']} was closed below what was accepted"


def newly_signed(before: Facts, after: Facts, made: Row) -> list[Row]:
    """Return the contracts of a slice that came into force in this step."""
    return [
        contract
        for contract in after.contracts_of(made)
        if contract["status"] in IN_FORCE
        and before.by_id.get(contract["id"], {}).get("status") not in IN_FORCE
    ]


def money_is_paid_for_what_is_owed(before: Facts, after: Facts) -> Iterator[str]:
    is_by_invoice = after["organization_settings"][0]["payments_require_invoice"]
    for _was, made in pairs(before, after, "allocation_items_supplier"):
        lines = after.of("factory_payment_lines", "allocation_item_supplier_id", made)
        new = [line for line in lines if line["id"] not in before.by_id]
        # A refund that is voided may leave more paid than is payable: then the balance shows it.
        if sum(line["amount"] for line in new) > 0:
            is_advance = all(after.by_id[line["factory_payment_id"]]["is_advance"] for line in new)
            most = made["payable_amount"]
            if is_advance:
                most = effective(made) * made["awarded_price"]
            elif is_by_invoice:
                most = min(most, made["approved_amount"])
            if made["paid_amount"] > most:
                yield f"slice {made['id']}: paid {made['paid_amount']} of {most}"


def an_invoice_matched_when_it_was_approved(before: Facts, after: Facts) -> Iterator[str]:
    settings = after["organization_settings"][0]
    for was, invoice in pairs(before, after, "factory_invoices"):
        if was["status"] == "approved" or invoice["status"] != "approved":
            continue
        lines = after.of("factory_invoice_lines", "factory_invoice_id", invoice)
        if not lines:
            yield f"invoice {invoice['id']} is approved for nothing"
        for line in lines:
            made = after.by_id[line["allocation_item_supplier_id"]]
            price = Decimal(made["awarded_price"])
            tolerance = Decimal(settings["invoice_price_tolerance_pct"])
            most = raised(made["payable_qty"], settings["invoice_quantity_tolerance_pct"])
            if not invoice["credits_id"] and (
                made["approved_qty"] > most
                or abs(line["unit_price"] - price) > price * tolerance / 100
            ):
                yield f"line {line['id']} of approved {invoice['id']} does not match"
            if (line["contract_price"], line["payable_qty"]) != (price, made["payable_qty"]):
                yield f"line {line['id']} does not say what it was approved against"


def what_is_signed_becomes_the_terms_of_its_slices(before: Facts, after: Facts) -> Iterator[str]:
    for made in after["allocation_items_supplier"]:
        for contract in newly_signed(before, after, made):
            [line] = [
                line
                for line in after.of("factory_po_lines", "factory_po_id", contract)
                if line["allocation_item_supplier_id"] == made["id"]
            ]
            names = ("price", "over_receipt_tolerance_pct")
            own = (made["awarded_price"], made["over_receipt_tolerance_pct"])
            if tuple(line[name] for name in names) != own or line["quantity"] != effective(made):
                yield f"slice {made['id']} is not what {contract['id']} says, which was signed"
            sizes = run_of(after, "factory_po_line_sizes", "factory_po_line_id", line)
            if sizes and sizes != run_of(
                after, "allocation_item_supplier_sizes", "allocation_item_supplier_id", made
            ):
                yield f"slice {made['id']} has other sizes than {contract['id']}, which was signed"
            if made["accepted_qty"] > raised(effective(made), made["over_receipt_tolerance_pct"]):
                yield f"slice {made['id']}: signed below what is accepted"
            if before.by_id[made["id"]]["balance"] >= 0 > made["balance"]:
                yield f"slice {made['id']}: signed below what is paid"


def what_was_issued_is_frozen(before: Facts, after: Facts) -> Iterator[str]:
    frozen = ("terms_hash", "total_qty", "total_amount", "ex_factory_date", "issued_at")
    for was, contract in pairs(before, after, "factory_pos"):
        if was["issued_at"] and any(was[name] != contract[name] for name in frozen):
            yield f"contract {contract['id']}: terms changed after it was issued"
        if was["signed_at"] not in (None, contract["signed_at"]):
            yield f"contract {contract['id']} was signed again"
    for was, line in pairs(before, after, "factory_po_lines"):
        if was["issued_at"] and was != line:
            yield f"contract line {line['id']} changed after it was issued"
    for was, line in pairs(before, after, "factory_invoice_lines"):
        billed = ("allocation_item_supplier_id", "quantity", "unit_price")
        if any(was[name] != line[name] for name in billed):
            yield f"invoice line {line['id']} was changed"


def what_was_voided_stays_so(before: Facts, after: Facts) -> Iterator[str]:
    vouchers = ("factory_receipts", "factory_payments", "factory_invoices", "goods_receipts")
    for was, voucher in pairs(before, after, *vouchers):
        if was["voided_at"] not in (None, voucher["voided_at"]):
            yield f"{voucher['id']} was voided again"


def no_document_is_deleted(before: Facts, after: Facts) -> Iterator[str]:
    kept = ("factory_pos", "factory_receipts", "factory_payments", "factory_payment_lines")
    invoices = ("factory_invoices", "factory_invoice_lines")
    goods = ("stock_moves", "goods_receipts", "goods_receipt_lines", "production_orders")
    made = ("production_outputs", "production_order_history")
    for table in (*kept, *invoices, *goods, *made, "order_history"):
        for row in before[table]:
            if row["id"] not in after.by_id:
                yield f"{row['id']} of {table} is gone"


def unallocated(facts: Facts) -> dict[str, Decimal]:
    """Return what ops.unallocated_order_items should say: pieces by line."""
    found = {}
    for line in facts["order_items"]:
        if facts.of("order_item_supplies", "order_item_id", line):  # nobody is to make it for us
            continue
        if facts.by_id[line["order_id"]]["status"] in ACCEPTED and not line["is_cancelled"]:
            covered = sum(map(effective, facts.slices_of(line)), Decimal(0))
            for item in facts.of("allocation_items", "order_item_id", line):
                on_item = slices_on(facts, item)
                if item["closed_at"] is None and any(map(is_live, on_item)):
                    covered += item["committed_qty"] - sum(map(effective, on_item))
            if (left := math.ceil(need(line)) - covered) > 0:
                found[line["id"]] = left
    return found
