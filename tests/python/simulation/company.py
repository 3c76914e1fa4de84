"""A company for one game, with everybody who has to do with it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

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

    @property
    def parties(self) -> dict[str, str]:
        """Return who speaks for which client or factory, by the party's id."""
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
    people = {name: Claims(role, sub, org, party) for name, role, sub, org, party, _ in rows}
    people |= {name: world.personas[name] for name in STRANGERS}
    return Company(organization, people)


def furnish(company: Company, desk: Connection) -> None:
    """Give it a catalogue, and an order book in which work has begun."""

    def run(who: str, name: str, /, **arguments: object) -> dict[str, object]:
        speak(desk, company.people[who])
        return fetch(desk, called(name, arguments), arguments)[0]

    def insert(table: str, who: str = "planner", /, **columns: object) -> object:
        speak(desk, company.people[who])
        return fetch(desk, inserted(table, columns), columns)[0].get("id")

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
    colours = []
    for style, names in (("Parka", ("Olive", "Sand")), ("Shirt", ("White",))):
        made = insert("styles", style_number=style, name=style)
        insert("tech_packs", style_id=made, version=1, document_uri=f"storage://{style}")
        for name in names:
            colours.append(insert("colorways", style_id=made, marketing_name=name))
            insert("colorway_references", colorway_id=colours[-1], color_reference=name.upper())
    zipper = insert("products", product_number="ZIP", name="Zipper")
    variants = [
        insert("product_variants", sku="ZIP-40", product_id=zipper, size_label="40"),
        insert("product_variants", sku="ZIP-KG", product_id=zipper, tracking="lot"),
    ]
    lot = insert("lots", "warehouse", product_variant_id=variants[1], lot_number="L-1")
    warehouse = insert("warehouses", "warehouse", code="MAIN", name="Main")
    for code, kind in (("A-1", "storage"), ("A-2", "storage"), ("Q-1", "quarantine")):
        place = insert("stock_locations", "warehouse", warehouse_id=warehouse, code=code, kind=kind)
        for variant, in_lot in zip(variants, (None, lot), strict=True):
            insert(
                "stock_moves",
                "warehouse",
                product_variant_id=variant,
                to_location_id=place,
                lot_id=in_lot,
                quantity=20,
                reason="opening",
            )
    bom = insert("bom_templates", product_id=zipper, code="ZIP", name="Zipper", is_default=True)
    version = insert("bom_versions", bom_template_id=bom)
    tape = insert("products", product_number="TAPE", name="Tape")
    component = insert("product_variants", sku="TAPE", product_id=tape)
    insert("bom_lines", bom_version_id=version, product_variant_id=component, quantity=2)
    center = insert("work_centers", "production", code="SEW", name="Sewing", daily_minutes=480)
    insert("bom_operations", bom_version_id=version, name="Sew", work_center_id=center)
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
    slices = fetch(
        desk, "select id from ops.allocation_items_supplier where factory_id <> %s", factories[2:]
    )
    quotes = [{"allocation_item_supplier_id": str(made["id"]), "price": 5} for made in slices]
    run("procurement", "submit_quotes", quotes=Jsonb(quotes))


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
