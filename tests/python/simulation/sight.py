"""Who may see which row: what the rules say, beside what each of them finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import LiteralString

from psycopg import sql
from psycopg.rows import tuple_row

from builders import World
from oms_cli.server import Connection
from simulation.company import STRANGERS, Company, speak
from simulation.facts import Facts, Row
from simulation.laws import IN_FORCE, open_amount, unallocated

NO_PLANS = frozenset({"warehouse"})
NO_SLICES = frozenset({"sales"})
NO_PAYABLES = frozenset({"sales", "warehouse"})
NO_COMPARISON = frozenset({"sales", "production", "warehouse"})
# Every relation of the API that has rows of an organization, and the staff who see none of them.
UNSEEN: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("addresses", "colorway_references", "colorways", "contacts", "directory", "members"),
            *("order_history", "order_item_sizes", "order_items", "orders", "request_origins"),
            *("organization_settings", "product_variants", "products", "styles", "units"),
            *("unit_conversions", "uploaded_po_documents", "warehouses", "stock_locations", "lots"),
            *("stock_levels", "stock_moves", "reorder_rules", "inventory_status", "work_centers"),
            *("bom_templates", "bom_versions", "bom_lines", "bom_operations"),
            *("exchange_rates", "holidays", "timeline", "timeline_delays", "timeline_dependencies"),
            *("timeline_events", "timeline_nodes", "timeline_plans"),
            *("timeline_template_nodes", "timeline_templates"),
            *("workflow", "workflow_summary", "workflow_alerts", "production_outlook"),
            *("production_blockers", "component_blockers", "stock_outs", "stage_dwell_times"),
            *("lead_times", "planning_accuracy", "planning_accuracy_by_product"),
            *("purchase_accuracy", "purchase_accuracy_by_vendor"),
            *("inventory_reservations", "production_orders", "production_components"),
            *("production_order_history", "production_operations", "production_outputs"),
            *("component_shortages", "component_availability", "production_queue"),
            *("production_dashboard", "production_schedule", "work_center_days"),
            *("work_center_loads", "work_center_utilization", "work_center_weekly_utilization"),
            *("supplier_products", "supplier_price_breaks", "purchase_approval_tiers"),
            *("purchase_orders", "purchase_order_approvals", "purchase_order_lines"),
            *("purchase_order_tracking", "vendor_deliveries"),
            *("goods_receipts", "goods_receipt_lines", "demand_forecasts", "order_item_supplies"),
            *("order_item_variants", "bom_usage", "bom_where_used", "supply_runs"),
            *("planned_supplies", "supply_pegs", "planning_exceptions"),
            *("email_log", "email_recipients", "email_suppressions"),
            *("mail_settings", "mail_templates", "job_schedules", "job_health"),
            *("notification_rules", "slack_channels", "notifications", "notification_mutes"),
            *("webhook_endpoints", "webhook_deliveries", "webhook_attempts"),
        ),
        frozenset[str](),
    ),
    "order_item_prices": frozenset({"procurement", "production", "warehouse"}),
    "order_item_costs": frozenset({"sales", "production", "warehouse"}),
    "tech_packs": frozenset({"finance", "warehouse"}),
    "allocations": NO_PLANS,
    "allocation_items": NO_PLANS,
    "allocation_item_sizes": NO_PLANS,
    "allocation_overview": NO_PLANS,
    "unallocated_order_items": NO_PAYABLES,
    "client_order_lines": frozenset({"procurement", "production", "warehouse"}),
    "allocation_items_supplier": NO_SLICES,
    "allocation_item_supplier_sizes": NO_SLICES,
    "allocation_item_supplier_notes": frozenset({"sales", "production", "warehouse"}),
    "factory_work": NO_SLICES,
    "factory_pos": NO_SLICES,
    "factory_po_lines": NO_SLICES,
    "factory_po_line_sizes": NO_SLICES,
    "factory_receipts": NO_SLICES,
    "factory_payments": NO_PAYABLES,
    "factory_payment_lines": NO_PAYABLES,
    "payables": NO_PAYABLES,
    "payables_by_contract": NO_PAYABLES,
    "payables_by_factory": NO_PAYABLES,
    "factory_invoices": NO_PAYABLES,
    "factory_invoice_lines": NO_PAYABLES,
    "factory_invoice_matching": NO_PAYABLES,
    "open_factory_invoices": NO_PAYABLES,
    "payables_ageing": NO_PAYABLES,
    "quote_comparison": NO_COMPARISON,
    "quote_comparison_by_factory": NO_COMPARISON,
    "factory_scorecard": NO_COMPARISON,
    "award_warnings": NO_COMPARISON,
    "factory_workload": NO_PAYABLES,
    "factory_workload_slices": NO_PAYABLES,
}
# Everybody's own, and nobody else's.
PERSONAL = {"notifications", "notification_mutes"}
# Who reads of which mails to companies: by the table that they are about.
SOURCING = frozenset({"allocations", "factory_pos", "purchase_orders"})
MAILS = dict.fromkeys(("planner", "procurement", "production", "finance"), SOURCING) | {
    "warehouse": SOURCING - {"allocations"},
    "sales": frozenset({"purchase_orders"}),
}
RELATIONS: LiteralString = r"""
select
  c.relname::text,
  coalesce(
    (select k.attname::text from pg_index as i
     join pg_attribute as k on k.attrelid = i.indrelid and k.attnum = i.indkey[i.indnkeyatts - 1]
     where i.indrelid = c.oid and i.indisprimary),
    substring(obj_description(c.oid) from 'Key: (\w+)')
  ),
  array(select r.rolname::text from pg_roles as r
        where r.rolname ~ '^oms_' and has_table_privilege(r.oid, c.oid, 'select'))
from pg_class as c
where c.relnamespace = 'ops'::regnamespace and c.relkind in ('r', 'v')
  and exists (select from pg_attribute as a
              where a.attrelid = c.oid and a.attname = 'organization_id')
"""
ALLOCATION_IDS: LiteralString = """
select i.id::text, ops.allocation_ids(i)::text[] from ops.order_items as i
"""
OPEN_AMOUNTS: LiteralString = """
select i.factory_invoice_id::text, i.open_amount from ops.open_factory_invoices as i
"""
MISCOUNTED: LiteralString = """
select coalesce(c.factory_po_id, s.factory_po_id)::text, c.balance, s.balance
from ops.payables_by_contract as c
full join (
  select p.factory_po_id, sum(p.balance) as balance, sum(p.paid_amount) as paid_amount
  from ops.payables as p
  group by p.factory_po_id
) as s on s.factory_po_id = c.factory_po_id
where case
  when s.factory_po_id is null and c.factory_po_id is null then s.paid_amount <> 0
  else coalesce(c.balance, 0) <> coalesce(s.balance, 0)
end
"""
Seen = dict[str, set[str]]


@dataclass(frozen=True)
class Relation:
    """A table or view, the column that tells its rows apart, and the roles that may ask."""

    name: str
    key: str
    readers: list[str]


def relations(world: World) -> list[Relation]:
    """Return what of the API has rows of an organization."""
    with world.owner.cursor(row_factory=tuple_row) as cursor:
        return [Relation(*row) for row in cursor.execute(RELATIONS)]


def portal_sees(facts: Facts, party: str, user: str | None) -> Seen:
    """Return what clients, factories and vendors see alike: themselves and us."""
    known = [d for d in facts["directory"] if d["id"] == party or "company" in d["kinds"]]
    return {
        "directory": ids(known),
        "contacts": hanging(facts, "contacts", "directory_id", known),
        "addresses": hanging(facts, "addresses", "directory_id", known),
        "members": pick(facts, "members", {"user_id": user}),
    }


def client_sees(facts: Facts, party: str) -> Seen:
    """Return what a client sees besides itself and us: what hangs on its own orders."""
    lines = [line for line in facts["order_items"] if line["client_id"] == party]
    own = {"client_id": party}
    roots = pick(facts, "timeline_nodes", {"kind": "root"} | own)
    nodes = {
        node["id"]
        for node in facts["timeline_nodes"]
        if node["is_for_client"] and node["root_id"] in roots
    }
    return {
        "orders": pick(facts, "orders", own),
        "order_items": ids(lines),
        "order_item_sizes": pick(facts, "order_item_sizes", own),
        "order_item_prices": pick(facts, "order_item_prices", own),
        "order_history": pick(facts, "order_history", own | {"is_visible_to_client": True}),
        "client_order_lines": ids(lines),
        "timeline_nodes": nodes,
        "timeline": nodes,
        "timeline_delays": delays(facts, nodes),
        "timeline_events": pick(facts, "timeline_events", own | {"is_internal": False}),
        "styles": ids(lines, "style_id"),
        "colorways": ids(lines, "colorway_id"),
    }


def is_owed_on(facts: Facts, contract: Row) -> bool:
    """Return whether a contract is in force, or was the last one signed and money is out on it."""
    signed = [
        version
        for version in facts["factory_pos"]
        if (version["factory_id"], version["po_number"])
        == (contract["factory_id"], contract["po_number"])
        and version["signed_at"]
    ]
    lines = [ln for ln in facts["factory_po_lines"] if ln["factory_po_id"] in ids(signed)]
    slices = [facts.by_id[made] for made in ids(lines, "allocation_item_supplier_id")]
    return contract["status"] in IN_FORCE or (
        contract["signed_at"] is not None
        and contract["version"] == max(version["version"] for version in signed)
        and sum(made["balance"] for made in slices) != 0
    )


def factory_sees(facts: Facts, party: str) -> Seen:
    """Return what a factory sees besides itself and us: its own, once invited or issued."""
    own = {"factory_id": party}
    slices = [
        made
        for made in facts["allocation_items_supplier"]
        if made["factory_id"] == party and made["invited_at"]
    ]
    awarded = [made for made in slices if made["is_awarded"]]
    contracts = [
        contract
        for contract in facts["factory_pos"]
        if contract["factory_id"] == party and contract["issued_at"]
    ]
    lines = [ln for ln in facts["factory_po_lines"] if ln["factory_po_id"] in ids(contracts)]
    colours = ids(slices, "colorway_id")
    invoices = [invoice for invoice in facts["factory_invoices"] if invoice["factory_id"] == party]
    open_invoices = [
        invoice
        for invoice in invoices
        if invoice["status"] == "approved" and open_amount(facts, invoice) > 0
    ]
    splits = hanging(facts, "timeline_nodes", "allocation_item_supplier_id", slices)
    nodes = splits | ids([n for n in facts["timeline_nodes"] if n["parent_id"] in splits])
    return {
        "allocation_items_supplier": ids(slices),
        "allocation_item_supplier_sizes": hanging(
            facts, "allocation_item_supplier_sizes", "allocation_item_supplier_id", slices
        ),
        "factory_work": ids(slices),
        "factory_pos": ids(contracts),
        "factory_po_lines": ids(lines),
        "factory_po_line_sizes": hanging(
            facts, "factory_po_line_sizes", "factory_po_line_id", lines
        ),
        "factory_receipts": pick(facts, "factory_receipts", own),
        "factory_payments": pick(facts, "factory_payments", own),
        "factory_payment_lines": pick(facts, "factory_payment_lines", own),
        "payables": ids(awarded),
        "payables_by_contract": ids([c for c in contracts if is_owed_on(facts, c)]),
        "payables_by_factory": {party} if awarded else set(),
        "factory_invoices": ids(invoices),
        "factory_invoice_lines": hanging(
            facts, "factory_invoice_lines", "factory_invoice_id", invoices
        ),
        "open_factory_invoices": ids(open_invoices),
        "payables_ageing": {party} if open_invoices else set(),
        "timeline_nodes": nodes,
        "timeline": nodes,
        "timeline_delays": delays(facts, nodes),
        "timeline_events": {
            event["id"]
            for event in facts["timeline_events"]
            if event["timeline_node_id"] in nodes and not event["is_internal"]
        },
        "styles": ids(slices, "style_id"),
        "colorways": colours,
        "tech_packs": {
            pack["id"]
            for pack in facts["tech_packs"]
            if pack["style_id"] in ids(slices, "style_id")
            and pack["colorway_id"] in (None, *colours)
        },
    }


def vendor_sees(facts: Facts, party: str) -> Seen:
    """Return what a vendor sees besides itself and us: its own orders, once they were sent."""
    orders = [o for o in facts["purchase_orders"] if o["vendor_id"] == party and o["sent_at"]]
    receipts = pick(facts, "goods_receipts", {"vendor_id": party})
    return {
        "purchase_orders": ids(orders),
        "purchase_order_lines": hanging(facts, "purchase_order_lines", "purchase_order_id", orders),
        "goods_receipts": receipts,
        "goods_receipt_lines": pick(facts, "goods_receipt_lines", {"vendor_id": party}),
        "warehouses": ids(orders, "warehouse_id"),
    }


SEES = {"client": client_sees, "factory": factory_sees, "vendor": vendor_sees}


def delays(facts: Facts, nodes: set[str]) -> set[str]:
    """Return the late nodes of which one sees why: both are among those that one sees."""
    return {
        delay["id"]
        for delay in facts["timeline_delays"]
        if delay["id"] in nodes and delay["cause_id"] in nodes
    }


def ids(rows: list[Row], column: str = "id") -> set[str]:
    """Return one column of rows."""
    return {row[column] for row in rows}


def pick(facts: Facts, table: str, cells: Row) -> set[str]:
    """Return the ids of the rows that have these cells."""
    return ids([row for row in facts[table] if row.items() >= cells.items()])


def hanging(facts: Facts, table: str, column: str, parents: list[Row]) -> set[str]:
    """Return the ids of the rows that point at one of these."""
    return {row["id"] for parent in parents for row in facts.of(table, column, parent)}


class Sight:
    """Looks through everybody's eyes, and says what they should not see or miss."""

    def __init__(self, world: World, company: Company, desk: Connection) -> None:
        self.company = company
        self.owner = world.owner
        self.desk = desk
        self.relations = relations(world)
        self.ours = sql.SQL("organization_id = {}").format(sql.Literal(company.id))

    def found_by(self, who: str) -> Seen:
        """Return what somebody finds, in one query."""
        claims = self.company.people[who]
        speak(self.desk, claims)
        mine = [relation for relation in self.relations if claims.role in relation.readers]
        # What a stranger sees of its own is its own affair.
        which = self.ours if who in STRANGERS else sql.SQL("true")
        return look(self.desk, mine, which) if mine else {}

    def faults(self, facts: Facts, who: str) -> Iterator[str]:
        """Compare what somebody finds with what there is for it to see."""
        found = self.found_by(who)
        there = look(self.owner, self.relations, self.ours)
        for relation, keys in found.items():
            if who in STRANGERS:
                allowed = set()
            elif (party := self.company.people[who].party_id) is None:
                allowed = self.staff_sees(facts, who, relation, there[relation])
            else:
                sees = SEES[who.partition("_")[0]]
                everybody = portal_sees(facts, party, self.company.people[who].sub)
                allowed = (everybody | sees(facts, party)).get(relation, set())
            for key in keys - allowed:
                yield f"{who} sees {key} of {relation}"
            for key in allowed - keys:
                yield f"{who} does not see {key} of {relation}"
        if who == "planner":
            expected = set(unallocated(facts))
            if found["unallocated_order_items"] != expected:
                yield f"unallocated: {found['unallocated_order_items']}, not {expected}"
            desk = self.desk.cursor(row_factory=tuple_row)
            for line, allocations in desk.execute(ALLOCATION_IDS):
                items = facts.of("allocation_items", "order_item_id", facts.by_id[line])
                if set(allocations) != ids(items, "allocation_id"):
                    yield f"line {line} is in {allocations}, not {ids(items, 'allocation_id')}"
            yield from self.miscounted(facts)

    def staff_sees(self, facts: Facts, who: str, relation: str, there: set[str]) -> set[str]:
        """Return which rows of a relation somebody of the staff sees, of those that there are."""
        if relation == "job_health":  # of which nobody has more than the one row
            return {self.company.id}
        if relation in PERSONAL:
            return pick(facts, relation, {"user_id": self.company.people[who].sub})
        if relation in {"email_log", "email_recipients"} and who in MAILS:
            return {one["id"] for one in facts[relation] if one["about"] in MAILS[who]}
        return set() if who in UNSEEN[relation] else there

    def miscounted(self, facts: Facts) -> Iterator[str]:
        """Compare what is open of invoices and owed on contracts with the lines and slices."""
        desk = self.desk.cursor(row_factory=tuple_row)
        for invoice, amount in desk.execute(OPEN_AMOUNTS):
            if amount != (due := open_amount(facts, facts.by_id[invoice])):
                yield f"invoice {invoice}: {amount} open, not {due}"
        for contract, owed, due in desk.execute(MISCOUNTED):
            yield f"contract {contract}: {owed} owed, and {due} on its slices"


def look(connection: Connection, asked: list[Relation], which: sql.Composable) -> Seen:
    """Return the keys of the rows of relations."""
    query = sql.SQL(" union all ").join(
        sql.SQL("select {}, array(select {}::text from ops.{} where {})").format(
            relation.name, sql.Identifier(relation.key), sql.Identifier(relation.name), which
        )
        for relation in asked
    )
    with connection.cursor(row_factory=tuple_row) as cursor:
        return {name: set(keys) for name, keys in cursor.execute(query)}
