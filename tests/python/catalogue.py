"""What the API takes, read from the database: tables and their columns, commands and arguments."""

from collections import defaultdict
from dataclasses import dataclass
from typing import LiteralString

from psycopg.rows import class_row

from builders import World

# The lists that commands take: the name of the argument, and what an element of it may hold.
LISTS = {
    "count_stock": (
        "counts",
        {
            **dict.fromkeys(("product_variant_id", "stock_location_id", "lot_id"), "uuid"),
            "counted_qty": "numeric",
        },
    ),
    "acknowledge_purchase_order": (
        "lines",
        {"purchase_order_line_id": "uuid", "confirmed_qty": "numeric", "promised_date": "date"},
    ),
    "receive_goods": (
        "lines",
        {
            **dict.fromkeys(("purchase_order_line_id", "stock_location_id"), "uuid"),
            **dict.fromkeys(("received_qty", "rejected_qty"), "numeric"),
            **dict.fromkeys(("reject_reason", "lot_number"), "character varying"),
            "expires_on": "date",
        },
    ),
    "issue_components": (
        "components",
        {
            **dict.fromkeys(("production_component_id", "lot_id"), "uuid"),
            "quantity": "numeric",
        },
    ),
    "return_components": (
        "components",
        {
            **dict.fromkeys(("production_component_id", "stock_location_id", "lot_id"), "uuid"),
            "quantity": "numeric",
        },
    ),
    "report_output": (
        "by_products",
        {
            **dict.fromkeys(("production_component_id", "stock_location_id", "lot_id"), "uuid"),
            "quantity": "numeric",
        },
    ),
    "allocate_items": ("lines", {"order_item_id": "uuid", "committed_qty": "numeric"}),
    "award_many": (
        "awards",
        {
            "allocation_item_supplier_id": "uuid",
            **dict.fromkeys(("awarded_qty", "percentage", "price"), "numeric"),
            "remark": "character varying",
        },
    ),
    "reallocate": (
        "reallocations",
        {
            "allocation_item_supplier_id": "uuid",
            "closed_qty": "numeric",
            "remark": "character varying",
        },
    ),
    "revise_contract": (
        "lines",
        {
            "allocation_item_supplier_id": "uuid",
            **dict.fromkeys(("quantity", "price", "over_receipt_tolerance_pct"), "numeric"),
        },
    ),
    "create_order": (
        "lines",
        {
            "colorway_id": "uuid",
            **dict.fromkeys(("quantity", "unit_price"), "numeric"),
            "line_number": "integer",
        },
    ),
    "record_factory_payment": (
        "lines",
        {"allocation_item_supplier_id": "uuid", "amount": "numeric"},
    ),
    "submit_factory_invoice": (
        "lines",
        {
            "allocation_item_supplier_id": "uuid",
            **dict.fromkeys(("quantity", "unit_price"), "numeric"),
        },
    ),
    "submit_quotes": (
        "quotes",
        {
            "allocation_item_supplier_id": "uuid",
            **dict.fromkeys(("price", "capacity_qty"), "numeric"),
            **dict.fromkeys(("currency", "comments"), "character varying"),
            "ex_factory_date": "date",
            **dict.fromkeys(("pricing_terms", "ship_mode"), "enum"),
        },
    ),
}

# Everybody who may be let in, our own people first.
WHO: LiteralString = """
with who as (
  select p.name, p.role, row_number() over (order by p.organization_id, p.user_id) as nth
  from tests.personas as p
  left join ops.members as m on m.organization_id = p.organization_id and m.user_id = p.user_id
  where m.status = 'active' or p.role = 'oms_webhook'
)
"""
COLUMNS: LiteralString = """
select
  c.relname::text as table, a.attname::text as name, a.attnotnull as is_required,
  case when b.typtype = 'e' then 'enum' when b.oid = 'text[]'::regtype then 'text[]'
       when b.typcategory = 'A' then 'array'
       else format_type(b.oid, null) end as kind,
  (select array_agg(k.attname::text) from pg_index as i
   join pg_attribute as k on k.attrelid = i.indrelid and k.attnum = any(i.indkey)
   where i.indrelid = c.oid and i.indisprimary) as key,
  reference.table as refers_to, reference.name as reference,
  array(select p.name from who as p where has_column_privilege(p.role, c.oid, a.attnum, 'insert')
        order by p.nth) as inserters,
  array(select p.name from who as p where has_column_privilege(p.role, c.oid, a.attnum, 'update')
        order by p.nth) as updaters,
  array(select p.name from who as p where has_table_privilege(p.role, c.oid, 'delete')
        order by p.nth) as deleters
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
join pg_type as t on t.oid = a.atttypid
join pg_type as b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
left join lateral (
  select p.relname::text as table, f.conname::text as name
  from pg_constraint as f
  join pg_class as p on p.oid = f.confrelid
  cross join unnest(f.conkey, f.confkey) as k (own, other)
  join pg_attribute as o on o.attrelid = f.confrelid and o.attnum = k.other
  where f.conrelid = c.oid and k.own = a.attnum and o.attname = 'id' and a.attnum <> 1
  order by cardinality(f.conkey)
  limit 1
) as reference on true
where c.relnamespace = 'ops'::regnamespace and c.relkind = 'r'
order by c.relname, a.attnum
"""
COMMANDS: LiteralString = """
select
  p.proname::text as command, p.proargnames[a.nth] as name,
  a.nth <= p.pronargs - p.pronargdefaults as is_required,
  case when t.typtype = 'e' then 'enum' when t.oid = 'text[]'::regtype then 'text[]'
       when t.typcategory = 'A' then 'array'
       else format_type(coalesce(nullif(t.typbasetype, 0), t.oid), null) end as kind,
  array(select m.name from who as m where has_function_privilege(m.role, p.oid, 'execute')
        order by m.nth) as callers
from pg_proc as p
cross join unnest(p.proargtypes) with ordinality as a (type, nth)
join pg_type as t on t.oid = a.type
where p.pronamespace = 'ops'::regnamespace and p.provolatile = 'v'
order by p.proname, a.nth
"""


@dataclass(frozen=True)
class Column:
    """A column, what it points at, and who may write it or delete its row."""

    table: str
    name: str
    is_required: bool
    kind: str
    key: list[str]
    refers_to: str | None
    reference: str | None
    inserters: list[str]
    updaters: list[str]
    deleters: list[str]


@dataclass(frozen=True)
class Argument:
    """An argument of a command, and who may call it."""

    command: str
    name: str
    is_required: bool
    kind: str
    callers: list[str]


def tables_of(world: World) -> dict[str, list[Column]]:
    """Return every table, with its columns."""
    found: dict[str, list[Column]] = defaultdict(list)
    with world.owner.cursor(row_factory=class_row(Column)) as cursor:
        for column in cursor.execute(WHO + COLUMNS):
            found[column.table].append(column)
    return found


def commands_of(world: World) -> dict[str, list[Argument]]:
    """Return every command, with its arguments."""
    found: dict[str, list[Argument]] = defaultdict(list)
    with world.owner.cursor(row_factory=class_row(Argument)) as cursor:
        for argument in cursor.execute(WHO + COMMANDS):
            found[argument.command].append(argument)
    return found
