"""A company for one game, with everybody who has to do with it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from psycopg import sql
from psycopg.rows import tuple_row
from psycopg.types.json import Jsonb

from builders import World, called, fetch, inserted
from oms_cli.server import Connection
from oms_cli.tokens import Claims

MADE = Path(__file__).with_name("company.sql")
# Of a template: code, kind, days from ex-factory, days that it takes, and what else is so.
MILESTONES: tuple[tuple[str, str, int, int, dict[str, object]], ...] = (
    ("fabric", "material", -60, 0, {}),
    ("sample", "sample", -40, 10, {"predecessors": ["fabric"], "is_for_client": True}),
    ("signed", "custom", -50, 0, {"completed_by": "contract_signed"}),
    ("sewing", "production", -20, 15, {"predecessors": ["fabric", "signed"], "is_per_slice": True}),
    ("sewn", "production", -5, 5, {"predecessors": ["sewing"], "completed_by": "sewing"}),
    ("packed", "production", -2, 3, {"completed_by": "packed", "is_per_slice": True}),
    ("ship", "shipment", 0, 2, {"predecessors": ["sewing", "packed"], "is_per_slice": True}),
    ("arrive", "shipment", 30, 30, {"predecessors": ["ship"], "completed_by": "received"}),
)
STRANGERS = ("other_planner", "other_factory", "anon")


@dataclass(frozen=True)
class Company:
    """Its id, and who speaks for whom; strangers are among the people too."""

    id: str
    people: dict[str, Claims]
    mill: str

    @property
    def parties(self) -> dict[str, str]:
        """Return who speaks for which client, factory or vendor, by the party's id."""
        return {
            claims.party_id: name
            for name, claims in self.people.items()
            if claims.party_id and name not in STRANGERS
        }


def found(world: World, settings: Mapping[str, object]) -> Company:
    """Make a company that has such settings, three colours and no orders yet."""
    with world.owner.cursor(row_factory=tuple_row) as cursor:
        rows = cursor.execute(MADE.read_bytes()).fetchall()
        organization, us = rows[0][3], rows[0][5]
        cursor.execute(
            "update ops.organizations set company_id = %s where id = %s", [us, organization]
        )
        cursor.execute(
            sql.SQL("update ops.organization_settings set {} where organization_id = {}").format(
                sql.SQL(", ").join(
                    sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder(name))
                    for name in settings
                ),
                sql.Placeholder("organization"),
            ),
            {**settings, "organization": organization},
        )
    people = {name: Claims(role, sub, org, party) for name, role, sub, org, party, _, _ in rows}
    people |= {name: world.personas[name] for name in STRANGERS}
    people["mail_server"] = Claims("oms_webhook", str(uuid4()), organization)
    return Company(organization, people, rows[0][6])


def furnish(company: Company, desk: Connection) -> None:
    """Give it a catalogue, and an order book in which work has begun."""

    def run(who: str, name: str, /, **arguments: object) -> dict[str, object]:
        speak(desk, company.people[who])
        return fetch(desk, called(name, arguments), arguments)[0]

    def insert(table: str, who: str = "planner", /, **columns: object) -> object:
        speak(desk, company.people[who])
        return fetch(desk, inserted(table, columns), columns)[0].get("id")

    def update(table: str, row: object, who: str, /, **columns: object) -> None:
        speak(desk, company.people[who])
        changes = sql.SQL(", ").join(
            sql.SQL("{} = {}").format(sql.Identifier(c), sql.Placeholder(c)) for c in columns
        )
        statement = sql.SQL("update {} set {} where id = {}").format(
            sql.Identifier("ops", table), changes, sql.Placeholder("row")
        )
        desk.execute(statement, {**columns, "row": row})

    for name, skipped in (("Knit", ""), ("Quick", "sample")):
        template = insert("timeline_templates", name=name, is_default=name == "Knit")
        for nth, (code, kind, offset, days, others) in enumerate(MILESTONES, 1):
            if code != skipped:
                insert(
                    "timeline_template_nodes",
                    timeline_template_id=template,
                    code=code,
                    name=code,
                    kind=kind,
                    position=nth,
                    offset_days=offset,
                    duration_days=days,
                    is_working_days=kind != "shipment",
                    **others,
                )
    factories = [company.people[f"factory_{x}"].party_id for x in "abc"]
    colours, products = [], {}
    for style, names in (("Parka", ("Olive", "Sand")), ("Shirt", ("White",))):
        made = insert("styles", style_number=style, name=style)
        speak(desk, company.people["planner"])
        [product] = fetch(desk, "select id from ops.products where style_id = %s", [made])
        products[style] = product["id"]
        insert("tech_packs", style_id=made, version=1, document_uri=f"storage://{style}")
        for name in names:
            colours.append(insert("colorways", style_id=made, marketing_name=name))
            insert("colorway_references", colorway_id=colours[-1], color_reference=name.upper())
    equip(insert, update, company, colours, products)
    sizes = [{"size_label": s, "quantity": q} for s, q in (("S", 33), ("M", 33), ("L", 34))]
    order = run(
        "sales",
        "create_order",
        client_id=company.people["client_a"].party_id,
        ex_factory_date="2027-03-01",
        lines=Jsonb(
            [
                {"colorway_id": str(colours[0]), "sizes": sizes, "unit_price": 40},
                {"colorway_id": str(colours[1]), "quantity": 20},
                {"colorway_id": str(colours[2]), "quantity": 7},
                {"colorway_id": str(colours[2]), "quantity": 12},
            ]
        ),
    )
    lines = fetch(
        desk,
        "select id from ops.order_items where order_id = %s order by line_number",
        [order["id"]],
    )
    allocation = run(
        "planner",
        "allocate_items",
        name="Batch",
        lines=Jsonb([{"order_item_id": str(line["id"])} for line in lines[:2]]),
        factory_ids=factories,
    )
    run("planner", "send_allocation", allocation_id=allocation["id"])
    run("planner", "choose_bom", order_item_id=lines[3]["id"])
    slices = fetch(
        desk, "select id from ops.allocation_items_supplier where factory_id <> %s", factories[2:]
    )
    quotes = [{"allocation_item_supplier_id": str(made["id"]), "price": 5} for made in slices]
    run("procurement", "submit_quotes", quotes=Jsonb(quotes))


def equip(
    insert: Callable[..., Any],
    update: Callable[..., None],
    company: Company,
    colours: Sequence[object],
    styles: Mapping[str, object],
) -> None:
    """Give it stock, bills of materials, vendors' offers and rules when to order.

    A shirt takes cloth, a zipper by weight and a collar, which is made of cloth too, and leaves
    waste; a parka in olive takes cloth and zippers. Nobody has a SKU for its size L.
    """
    zipper, cloth, collar, waste = (
        insert("products", product_number=name.upper(), name=name)
        for name in ("Zipper", "Cloth", "Collar", "Waste")
    )
    insert("units", code="BOX", name="Box", decimals=0)

    def variant(sku: str, product: object, **others: object) -> object:
        return insert("product_variants", sku=sku, product_id=product, **others)

    zips = [
        variant("ZIP-40", zipper, size_label="40", standard_cost=1),
        variant("ZIP-KG", zipper, tracking="lot"),
    ]
    fabric = variant("CLOTH", cloth)
    made = variant("COLLAR", collar, supply_method="make")
    left = variant("WASTE", waste, standard_cost="0.5")
    for sku, colour, size in (
        ("OLIVE-S", colours[0], "S"),
        ("OLIVE-M", colours[0], "M"),
        ("WHITE", colours[2], None),
    ):
        insert(
            "product_variants",
            sku=sku,
            colorway_id=colour,
            size_label=size,
            supply_method="make",
        )
    insert("unit_conversions", product_variant_id=fabric, from_unit="BOX", to_unit="EA", factor=8)
    lot = insert("lots", "warehouse", product_variant_id=zips[1], lot_number="L-1")
    warehouse = insert("warehouses", "warehouse", code="MAIN", name="Main")
    for code, kind in (("A-1", "storage"), ("A-2", "storage"), ("Q-1", "quarantine")):
        place = insert("stock_locations", "warehouse", warehouse_id=warehouse, code=code, kind=kind)
        for held, in_lot in ((zips[0], None), (zips[1], lot), (fabric, None)):
            insert(
                "stock_moves",
                "warehouse",
                product_variant_id=held,
                to_location_id=place,
                lot_id=in_lot,
                quantity=20,
                reason="opening",
            )
    center = insert("work_centers", "production", code="SEW", name="Sewing", daily_minutes=480)
    bills: list[tuple[str, object, list[dict[str, object]]]] = [
        ("COLLAR", collar, [{"product_variant_id": fabric, "quantity": 1}]),
        (
            "SHIRT",
            styles["Shirt"],
            [
                {"product_variant_id": fabric, "quantity": 2, "scrap_pct": 20},
                {"product_variant_id": zips[1], "quantity": 1, "setup_quantity": 1},
                {"product_variant_id": made, "quantity": 1},
                {"product_variant_id": left, "quantity": 1, "kind": "by_product"},
            ],
        ),
        (
            "PARKA",
            styles["Parka"],
            [
                {"product_variant_id": fabric, "quantity": 3},
                {"product_variant_id": zips[0], "quantity": 2},
            ],
        ),
    ]
    for code, product, lines in bills:
        template = insert(
            "bom_templates",
            product_id=product,
            code=code,
            name=code,
            is_default=True,
            lot_minimum_qty=2,
            lead_time_days=2,
        )
        version = insert("bom_versions", bom_template_id=template)
        for line in lines:
            insert("bom_lines", bom_version_id=version, **line)
        insert(
            "bom_operations",
            bom_version_id=version,
            name="Sew",
            work_center_id=center,
            setup_minutes=10,
            minutes_per_unit=7,
        )
        update("bom_versions", version, "planner", status="active", valid_from="2026-01-01")
    insert("exchange_rates", "finance", currency="EUR", rate_date="2026-01-01", rate="0.8")
    insert("purchase_approval_tiers", "admin", from_amount=40, approver_role="oms_finance")
    insert("purchase_approval_tiers", "admin", from_amount=200, approver_role="oms_planner")
    vendor = company.people["vendor"].party_id
    for sold, seller, terms, prices in (
        (fabric, vendor, {"purchase_unit": "BOX", "lead_time_days": 7}, {0: 12, 10: 10}),
        (fabric, company.mill, {"multiple_qty": 5, "lead_time_days": 2}, {0: "1.3333"}),
        (zips[0], vendor, {"minimum_qty": 10}, {0: 1, 50: "0.9"}),
        (zips[1], company.mill, {"lead_time_days": 30, "preference": 1}, {0: 3}),
    ):
        offer = insert("supplier_products", vendor_id=seller, product_variant_id=sold, **terms)
        for from_qty, price in prices.items():
            insert(
                "supplier_price_breaks",
                supplier_product_id=offer,
                from_qty=from_qty,
                unit_price=price,
            )
    for kept, minimum, target in ((zips[0], 45, 80), (made, 3, 6)):
        insert(
            "reorder_rules",
            product_variant_id=kept,
            warehouse_id=warehouse,
            minimum_qty=minimum,
            target_qty=target,
            safety_qty=2,
        )


def speak(connection: Connection, claims: Claims, key: str | None = None) -> None:
    """Speak for somebody in the next request, under an Idempotency-Key or none."""
    connection.execute(
        "select set_config('request.jwt.claims', %s, false), set_config('role', %s, false),"
        " set_config('request.headers', %s, false)",
        [
            json.dumps(claims.stated()),
            claims.role,
            json.dumps({"idempotency-key": key} if key else {}),
        ],
    )
