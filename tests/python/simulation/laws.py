"""What holds at every moment, worked out anew from the rows by pure functions.

Each law yields a sentence for each row that breaks it.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterator
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
        true = {
            "effective_qty": counts,
            "received_qty": received,
            "accepted_qty": accepted,
            "excess_qty": max(accepted - counts, Decimal(0)),
            "payable_qty": payable,
            "payable_amount": amount.quantize(Decimal("0.0001")) if amount else amount,
            "paid_amount": paid,
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
            if made["awarded_price"] != made["price"] or made["quote_status"] != "quoted":
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
def a_signed_contract_that_is_cancelled_has_closed_its_slices_at_zero(
    facts: Facts,
) -> Iterator[str]:
    for contract in facts["factory_pos"]:
        if contract["status"] == "CANCELLED" and contract["signed_at"]:
            for made in facts.slices_under(contract):
                if effective(made) or made["accepted_qty"]:
                    yield f"slice {made['id']} of cancelled contract {contract['id']} stands"


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
            if contract["status"] in OPEN and (terms != slice_terms or parties[0] != parties[1]):
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
            if contract["version"] != former["version"] + 1 or any(
                contract[name] != former[name] for name in same
            ):
                yield f"contract {contract['id']} does not follow {former['id']}"


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


# Laws of a step


def misstepped(before: Facts, after: Facts) -> list[str]:
    """Return what one request should not have done."""
    return [
        f"{law.__name__}: {breach}"
        for law in (
            slices_go_one_way,
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
        lines = after.of("factory_payment_lines", "allocation_item_supplier_id", made)
        # A refund that is voided may leave more paid than is payable: then the balance shows it.
        is_paid = any(line["id"] not in before.by_id and line["amount"] > 0 for line in lines)
        if is_paid and made["paid_amount"] > made["payable_amount"]:
            yield f"slice {made['id']}: paid {made['paid_amount']} of {made['payable_amount']}"
        if was["accepted_excess_qty"] < made["accepted_excess_qty"] > made["excess_qty"]:
            yield f"slice {made['id']}: accepts more excess than {made['excess_qty']}"
        if was["closed_at"] and not made["closed_at"]:
            yield f"slice {made['id']} was opened again"
        if was["is_awarded"] and made["is_awarded"]:
            if was["awarded_price"] != made["awarded_price"]:
                yield f"slice {made['id']}: the awarded price changed"
            least = min(made["accepted_qty"], made["awarded_qty"])
            if effective(made) < min(effective(was), least):
                yield f"slice {made['id']} was closed below what was accepted"


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


def what_was_voided_stays_so(before: Facts, after: Facts) -> Iterator[str]:
    for was, voucher in pairs(before, after, "factory_receipts", "factory_payments"):
        if was["voided_at"] not in (None, voucher["voided_at"]):
            yield f"{voucher['id']} was voided again"


def no_document_is_deleted(before: Facts, after: Facts) -> Iterator[str]:
    kept = ("factory_pos", "factory_receipts", "factory_payments", "factory_payment_lines")
    for table in (*kept, "order_history"):
        for row in before[table]:
            if row["id"] not in after.by_id:
                yield f"{row['id']} of {table} is gone"


def unallocated(facts: Facts) -> dict[str, Decimal]:
    """Return what ops.unallocated_order_items should say: pieces by line."""
    found = {}
    for line in facts["order_items"]:
        if facts.by_id[line["order_id"]]["status"] in ACCEPTED and not line["is_cancelled"]:
            covered = sum(map(effective, facts.slices_of(line)), Decimal(0))
            for item in facts.of("allocation_items", "order_item_id", line):
                on_item = slices_on(facts, item)
                if item["closed_at"] is None and any(map(is_live, on_item)):
                    covered += item["committed_qty"] - sum(map(effective, on_item))
            if (left := math.ceil(need(line)) - covered) > 0:
                found[line["id"]] = left
    return found
