"""A company from files: what each kind of line lands as, what is refused and why."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from conftest import ROOT, Database
from offices import Office, codes, found, new_office, write_csv
from oms_cli.errors import OmsCliError
from oms_cli.imports import ImportResult, import_all
from oms_cli.imports.kinds import KINDS

ADVENTUREWORKS = ROOT.parent / "shared/data/adventureworks"

UNITS = [
    {"unit": "KG", "unit_name": "Kilogram", "decimals": "3"},
    {"unit": "G", "unit_name": "Gram", "decimals": "0"},
    {"unit": "CTN", "unit_name": "Carton", "decimals": "0"},
]
BIKE = {
    "product_number": "BIKE-1",
    "product_name": "Bike",
    "category": "Bikes",
    "is_style": "yes",
    "color": "Black",
    "size": "M",
    "sku": "BIKE-1-BLK-M",
    "unit": "",
    "supply_method": "make",
    "tracking": "",
    "standard_cost": "400",
}
PART = dict.fromkeys(BIKE, "")
PRODUCTS = [
    BIKE,
    BIKE | {"size": "L", "sku": "BIKE-1-BLK-L"},
    PART | {"product_number": "FRAME", "supply_method": "make"},
    PART | {"product_number": "TUBE", "standard_cost": "2.5"},
    PART | {"product_number": "PAINT", "unit": "KG", "tracking": "lot"},
]
CONVERSIONS = [
    {"sku": "", "from_unit": "KG", "to_unit": "G", "factor": "1000"},
    {"sku": "TUBE", "from_unit": "CTN", "to_unit": "EA", "factor": "12"},
]
LINE = {
    "product_number": "FRAME",
    "component": "TUBE",
    "quantity": "3",
    "unit": "",
    "line_kind": "",
    "scrap_pct": "20",
    "setup_quantity": "",
    "is_phantom": "",
    "valid_from": "2026-01-01",
    "valid_to": "",
}
BILLS = [
    LINE,
    LINE | {"component": "PAINT", "quantity": "10", "unit": "G", "scrap_pct": ""},
    LINE | {"product_number": "BIKE-1", "component": "FRAME", "quantity": "1", "scrap_pct": ""},
]
VENDOR = {
    "vendor": "TUBECO",
    "vendor_name": "Tube & Co",
    "approval_status": "approved",
    "currency": "EUR",
    "lead_time_days": "14",
    "payment_terms_days": "30",
    "email": "orders@tube.example",
}
OFFER = {
    "vendor": "TUBECO",
    "sku": "TUBE",
    "unit": "CTN",
    "lead_time_days": "10",
    "minimum_qty": "2",
    "multiple_qty": "1",
    "preference": "1",
    "valid_from": "",
    "valid_to": "",
    "from_qty": "",
    "unit_price": "30",
}
OFFERS = [OFFER, OFFER | {"from_qty": "100", "unit_price": "27.5"}]
PLACES = [
    {
        "warehouse": "MAIN",
        "warehouse_name": "Plant",
        "location": "DOCK",
        "location_kind": "receiving",
    }
]
BIN = {
    "sku": "TUBE",
    "warehouse": "MAIN",
    "location": "A-1",
    "lot": "",
    "quantity": "40",
    "unit": "",
    "unit_cost": "2.5",
}
SHELVES = [
    BIN,
    BIN | {"location": "A-2", "quantity": "2", "unit": "CTN", "unit_cost": "30"},
    BIN | {"sku": "PAINT", "lot": "L-7", "quantity": "500", "unit": "G", "unit_cost": ""},
    BIN | {"sku": "FRAME", "location": "A-3", "quantity": "0"},
]
MAKES_PLACES = {"stock": {"create_places": True}}
PERIOD = {
    "sku": "BIKE-1-BLK-M",
    "version": "",
    "starts_on": "2027-01-01",
    "ends_on": "2027-01-31",
    "quantity": "25",
    "unit": "",
}
BOUGHT = {
    "vendor": "TUBECO",
    "po_number": "77",
    "status": "closed",
    "order_date": "2025-03-01",
    "warehouse": "MAIN",
    "currency": "USD",
    "tax_amount": "8",
    "freight_amount": "2",
    "subtotal": "100",
    "total": "110",
    "position": "1",
    "sku": "TUBE",
    "quantity": "20",
    "unit": "",
    "unit_price": "2",
    "line_total": "40",
    "need_by": "2025-03-20",
    "promised_date": "2025-03-18",
    "received_qty": "20",
    "rejected_qty": "2",
    "stocked_qty": "18",
    "received_on": "2025-03-19",
}
PURCHASES = [
    BOUGHT,
    BOUGHT
    | {
        "position": "2",
        "quantity": "2",
        "unit": "CTN",
        "unit_price": "30",
        "line_total": "60",
        "received_qty": "1",
        "rejected_qty": "0",
        "stocked_qty": "1",
    },
]
COMPANY: tuple[tuple[str, Sequence[Mapping[str, str]]], ...] = (
    ("units", UNITS),
    ("products", PRODUCTS),
    ("conversions", CONVERSIONS),
    ("boms", BILLS),
    ("vendors", [VENDOR]),
    ("offers", OFFERS),
    ("places", PLACES),
    ("purchase_orders", PURCHASES),
    ("stock", SHELVES),
    ("forecasts", [PERIOD]),
)
TABLES = (
    *("units", "products", "product_variants", "unit_conversions", "bom_lines", "directory"),
    *("supplier_products", "supplier_price_breaks", "stock_locations", "purchase_order_lines"),
    *("goods_receipt_lines", "stock_moves", "demand_forecasts"),
)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Iterator[Office]:
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield new_office(connection, tmp_path)


@pytest.fixture
def plant(office: Office) -> Office:
    """Fill an office with a bike, what goes into it and who sells that."""
    for kind, rows in COMPANY:
        assert bring(office, kind, rows).landed, kind
    return office


def bring(office: Office, kind: str, rows: Sequence[Mapping[str, str]]) -> ImportResult:
    return office.brings(kind, rows, MAKES_PLACES)


# What lands


def test_products_come_in_as_styles_that_are_sold_and_as_others(plant: Office) -> None:
    assert plant.rows(
        """
        select p.product_number, s.style_number, c.marketing_name, v.sku, v.size_label, v.unit,
          v.supply_method::text, v.tracking::text
        from ops.product_variants as v
        inner join ops.products as p on p.id = v.product_id
        left join ops.styles as s on s.id = p.style_id
        left join ops.colorways as c on c.id = v.colorway_id
        where v.organization_id = %(own)s
        order by v.sku
        """
    ) == [
        ("BIKE-1", "BIKE-1", "Black", "BIKE-1-BLK-L", "L", "EA", "make", "none"),
        ("BIKE-1", "BIKE-1", "Black", "BIKE-1-BLK-M", "M", "EA", "make", "none"),
        ("FRAME", None, None, "FRAME", None, "EA", "make", "none"),
        ("PAINT", None, None, "PAINT", None, "KG", "buy", "lot"),
        ("TUBE", None, None, "TUBE", None, "EA", "buy", "none"),
    ]


def test_a_bill_of_materials_is_in_force_and_in_the_components_units(plant: Office) -> None:
    assert plant.rows(
        """
        select t.code, t.is_default, b.version, b.status::text, b.valid_from::text, k.sku,
          trim_scale(l.quantity), trim_scale(l.scrap_pct), l.position
        from ops.bom_templates as t
        inner join ops.bom_versions as b on b.bom_template_id = t.id
        inner join ops.bom_lines as l on l.bom_version_id = b.id
        inner join ops.product_variants as k on k.id = l.product_variant_id
        where t.organization_id = %(own)s
        order by t.code, l.position
        """
    ) == [
        ("BIKE-1", True, 1, "active", "2026-01-01", "FRAME", Decimal(1), Decimal(0), 10),
        ("FRAME", True, 1, "active", "2026-01-01", "TUBE", Decimal(3), Decimal(20), 10),
        ("FRAME", True, 1, "active", "2026-01-01", "PAINT", Decimal("0.01"), Decimal(0), 20),
    ]


def test_a_bill_of_materials_can_stay_a_draft(office: Office) -> None:
    for kind, rows in COMPANY[:3]:
        bring(office, kind, rows)

    office.brings("boms", [LINE], {"boms": {"activate": False}})

    assert office.rows(
        "select status::text from ops.bom_versions where organization_id = %(own)s"
    ) == [("draft",)]


def test_opening_stock_lies_by_place_and_lot_in_the_variants_unit(plant: Office) -> None:
    assert plant.rows(
        """
        select v.sku, p.code, t.lot_number, trim_scale(m.quantity), trim_scale(m.unit_cost)
        from ops.stock_moves as m
        inner join ops.product_variants as v on v.id = m.product_variant_id
        inner join ops.stock_locations as p on p.id = m.to_location_id
        left join ops.lots as t on t.id = m.lot_id
        where m.organization_id = %(own)s and m.reason = 'opening'
        order by v.sku, p.code
        """
    ) == [
        ("PAINT", "A-1", "L-7", Decimal("0.5"), None),
        ("TUBE", "A-1", None, Decimal(40), Decimal("2.5")),
        ("TUBE", "A-2", None, Decimal(24), Decimal("2.5")),
    ]


def test_a_complete_stock_list_is_all_that_lies_in_its_warehouse(office: Office) -> None:
    for kind, rows in COMPANY[:8]:
        bring(office, kind, rows)
    on_hand = """
        select p.code, trim_scale(s.on_hand)
        from ops.stock_levels as s inner join ops.stock_locations as p on p.id = s.stock_location_id
        where s.organization_id = %(own)s and s.on_hand > 0
        order by p.code
    """
    assert office.rows(on_hand) == [("DOCK", Decimal(30))]

    complete = {"stock": {"create_places": True, "complete": True}}
    office.brings("stock", [BIN], complete)
    later = office.brings("stock", [BIN | {"location": "B-1", "quantity": "5"}], complete)

    assert office.rows(on_hand) == [("A-1", Decimal(40)), ("B-1", Decimal(5))]
    assert later.made["stock_moves"] == 1


def test_an_offer_has_its_price_breaks_in_the_vendors_unit(plant: Office) -> None:
    assert plant.rows(
        """
        select s.purchase_unit, s.currency, s.lead_time_days, trim_scale(s.minimum_qty),
          array_agg(trim_scale(b.from_qty) || ': ' || trim_scale(b.unit_price) order by b.from_qty)
        from ops.supplier_products as s
        inner join ops.supplier_price_breaks as b on b.supplier_product_id = s.id
        where s.organization_id = %(own)s
        group by s.id, s.purchase_unit, s.currency, s.lead_time_days, s.minimum_qty
        """
    ) == [("CTN", "EUR", 10, Decimal(2), ["0: 30", "100: 27.5"])]


def test_a_purchase_order_comes_in_with_its_number_its_day_and_what_came_of_it(
    plant: Office,
) -> None:
    assert plant.rows(
        """
        select po_number, status::text, receipt_status::text, order_date::text, currency,
          trim_scale(subtotal), trim_scale(total)
        from ops.purchase_orders
        where organization_id = %(own)s
        """
    ) == [("77", "closed", "partially_received", "2025-03-01", "USD", Decimal(100), Decimal(110))]
    assert plant.rows(
        """
        select l.line_number, l.unit, trim_scale(l.line_total), trim_scale(l.received_qty),
          trim_scale(l.rejected_qty), trim_scale(l.stocked_qty), l.original_promised_date::text,
          trim_scale(m.quantity)
        from ops.purchase_order_lines as l
        inner join ops.goods_receipt_lines as r on r.purchase_order_line_id = l.id
        inner join ops.goods_receipts as g on g.id = r.goods_receipt_id
        inner join ops.stock_moves as m on m.goods_receipt_line_id = r.id
        where l.organization_id = %(own)s and g.received_on = '2025-03-19'
        order by l.line_number
        """
    ) == [
        (1, "EA", *map(Decimal, (40, 20, 2, 18)), "2025-03-18", Decimal(18)),
        (2, "CTN", *map(Decimal, (60, 1, 0, 1)), "2025-03-18", Decimal(12)),
    ]


def test_a_forecast_is_of_a_variant_and_a_period(plant: Office) -> None:
    assert plant.rows(
        """
        select version, starts_on::text, ends_on::text, trim_scale(quantity)
        from ops.demand_forecasts
        where organization_id = %(own)s
        """
    ) == [("current", "2027-01-01", "2027-01-31", Decimal(25))]


def test_an_order_for_what_comes_in_one_size_has_no_sizes(office: Office) -> None:
    office.brings("products", [PART | {"product_number": "BELL", "color": "Red"}])
    line = {"client": "SHOP", "client_po_number": "1", "sku": "BELL", "quantity": "7"}

    assert office.orders([line]).landed
    assert office.orders([line]).made["unchanged_orders"] == 1
    assert office.rows(
        """
        select trim_scale(i.quantity), count(z.id)
        from ops.order_items as i
        left join ops.order_item_sizes as z on z.order_item_id = i.id
        where i.organization_id = %(own)s
        group by i.id, i.quantity
        """
    ) == [(Decimal(7), 0)]


# Again, and otherwise


def test_the_same_files_again_add_nothing(plant: Office) -> None:
    before = [plant.count(table) for table in TABLES]

    again = {kind: bring(plant, kind, rows) for kind, rows in COMPANY}

    assert all(result.landed for result in again.values())
    assert [plant.count(table) for table in TABLES] == before
    assert not [
        (kind, name)
        for kind, result in again.items()
        for name, n in result.made.items()
        if n and not name.startswith("unchanged_")
    ]
    assert again["boms"].made["unchanged_boms"] == 2
    assert again["purchase_orders"].made["unchanged_purchase_orders"] == 1


@pytest.mark.parametrize(
    ("kind", "rows", "column", "code"),
    [
        ("units", [UNITS[0] | {"decimals": "2"}], "decimals", "unit_exists"),
        ("conversions", [CONVERSIONS[1] | {"factor": "10"}], "factor", "conversion_exists"),
        ("products", [BIKE | {"product_name": "Trike"}], "product_name", "product_exists"),
        ("products", [BIKE | {"supply_method": "buy"}], "supply_method", "sku_exists"),
        ("products", [BIKE | {"sku": "OTHER"}], "sku", "size_has_sku"),
        ("boms", [BILLS[2] | {"quantity": "2"}], "component", "bom_exists"),
        ("vendors", [VENDOR | {"currency": "USD"}], "currency", "vendor_exists"),
        ("offers", [OFFER | {"lead_time_days": "11"}], "lead_time_days", "offer_exists"),
        ("offers", [OFFER | {"unit_price": "31"}], "unit_price", "offer_exists"),
        ("places", [PLACES[0] | {"location_kind": "storage"}], "location_kind", "place_exists"),
        ("stock", [BIN | {"quantity": "41"}], "quantity", "stock_exists"),
        ("forecasts", [PERIOD | {"quantity": "26"}], "quantity", "forecast_exists"),
        (
            "purchase_orders",
            [BOUGHT | {"quantity": "50", "line_total": "100"}],
            "po_number",
            "purchase_order_exists",
        ),
        (
            "purchase_orders",
            [PURCHASES[0] | {"order_date": "2025-03-02"}, PURCHASES[1] | {"order_date": ""}],
            "order_date",
            "purchase_order_exists",
        ),
    ],
)
def test_what_is_there_otherwise_is_refused_and_left_alone(
    plant: Office, kind: str, rows: list[dict[str, str]], column: str, code: str
) -> None:
    before = [plant.count(table) for table in TABLES]

    result = bring(plant, kind, rows)

    assert (2, column, code) in found(result)
    assert not result.landed
    assert [plant.count(table) for table in TABLES] == before


# What is refused


@pytest.mark.parametrize(
    ("kind", "row", "column", "code"),
    [
        ("units", {"unit": "kilo-gram"}, "unit", "bad_unit"),
        ("units", {"unit": "X", "decimals": "7"}, "decimals", "bad_number"),
        ("conversions", CONVERSIONS[0] | {"to_unit": "LB"}, "to_unit", "unknown_unit"),
        ("conversions", CONVERSIONS[0] | {"to_unit": "KG"}, "to_unit", "bad_unit"),
        ("conversions", CONVERSIONS[0] | {"factor": "0"}, "factor", "bad_quantity"),
        ("conversions", CONVERSIONS[1] | {"sku": "PIPE"}, "sku", "unknown_sku"),
        ("products", BIKE | {"product_number": ""}, "product_number", "missing"),
        ("products", BIKE | {"color": ""}, "color", "missing"),
        ("products", BIKE | {"supply_method": "steal"}, "supply_method", "bad_value"),
        ("products", BIKE | {"is_style": "perhaps"}, "is_style", "bad_value"),
        ("products", PART | {"product_number": "X", "unit": "LB"}, "unit", "unknown_unit"),
        ("boms", LINE | {"product_number": "CAR"}, "product_number", "unknown_product"),
        ("boms", LINE | {"component": "PIPE"}, "component", "unknown_sku"),
        ("boms", LINE | {"component": "FRAME"}, "component", "bom_circle"),
        ("boms", LINE | {"component": "BIKE-1-BLK-M"}, "component", "bom_circle"),
        ("boms", LINE | {"component": "PAINT", "unit": "CTN"}, "unit", "unit_without_conversion"),
        ("boms", LINE | {"quantity": "0"}, "quantity", "bad_quantity"),
        ("boms", LINE | {"scrap_pct": "100"}, "scrap_pct", "bad_number"),
        ("boms", LINE | {"valid_to": "2026-01-01"}, "valid_to", "dates_out_of_order"),
        (
            "boms",
            LINE | {"line_kind": "by product", "is_phantom": "yes"},
            "is_phantom",
            "bad_value",
        ),
        ("vendors", VENDOR | {"approval_status": "good"}, "approval_status", "bad_value"),
        ("vendors", VENDOR | {"email": "nobody"}, "email", "bad_value"),
        ("vendors", VENDOR | {"vendor": "SHOP"}, "vendor", "not_a_vendor"),
        ("offers", OFFER | {"vendor": "NOBODY"}, "vendor", "unknown_vendor"),
        ("offers", OFFER | {"sku": "FRAME"}, "unit", "unit_without_conversion"),
        ("offers", OFFER | {"unit_price": ""}, "unit_price", "missing"),
        (
            "offers",
            OFFER | {"valid_from": "2026-02-01", "valid_to": "2026-01-01"},
            "valid_to",
            "dates_out_of_order",
        ),
        ("offers", OFFER | {"preference": "0"}, "preference", "bad_number"),
        ("places", PLACES[0] | {"location_kind": "roof"}, "location_kind", "bad_value"),
        ("stock", BIN | {"sku": "PIPE"}, "sku", "unknown_sku"),
        ("stock", BIN | {"quantity": "-1"}, "quantity", "bad_quantity"),
        ("stock", BIN | {"quantity": "1.5"}, "quantity", "bad_quantity"),
        ("stock", BIN | {"lot": "L-1"}, "lot", "bad_lot"),
        ("stock", SHELVES[2] | {"lot": ""}, "lot", "bad_lot"),
        ("forecasts", PERIOD | {"ends_on": "2026-12-31"}, "ends_on", "dates_out_of_order"),
        ("forecasts", PERIOD | {"sku": "PIPE"}, "sku", "unknown_sku"),
        ("forecasts", PERIOD | {"starts_on": "soon"}, "starts_on", "bad_date"),
        ("purchase_orders", BOUGHT | {"vendor": "NOBODY"}, "vendor", "unknown_vendor"),
        ("purchase_orders", BOUGHT | {"vendor": "NEWCO"}, "vendor", "vendor_not_approved"),
        ("purchase_orders", BOUGHT | {"warehouse": "MOON"}, "warehouse", "unknown_place"),
        ("purchase_orders", BOUGHT | {"currency": "EUR"}, "currency", "unknown_rate"),
        ("purchase_orders", BOUGHT | {"line_total": "41"}, "line_total", "total_differs"),
        ("purchase_orders", BOUGHT | {"stocked_qty": "20"}, "stocked_qty", "total_differs"),
        ("purchase_orders", BOUGHT, "subtotal", "total_differs"),
        ("purchase_orders", BOUGHT | {"subtotal": "40"}, "total", "total_differs"),
        ("purchase_orders", BOUGHT | {"rejected_qty": "21"}, "rejected_qty", "bad_quantity"),
        ("purchase_orders", BOUGHT | {"received_qty": "30"}, "received_qty", "over_received"),
        ("purchase_orders", BOUGHT | {"received_on": ""}, "received_on", "missing"),
        ("purchase_orders", BOUGHT | {"received_on": "2999-01-01"}, "received_on", "bad_date"),
        ("purchase_orders", BOUGHT | {"status": "draft"}, "received_qty", "bad_status"),
        ("purchase_orders", BOUGHT | {"sku": "PAINT"}, "received_qty", "bad_lot"),
        ("purchase_orders", BOUGHT | {"unit": "KG"}, "unit", "unit_without_conversion"),
    ],
)
def test_a_bad_row_is_refused_with_its_column_and_reason(
    plant: Office, kind: str, row: dict[str, str], column: str, code: str
) -> None:
    plant.add_company("client", "SHOP", "Shop")
    plant.add_company("vendor", "NEWCO", "New & Co")

    result = bring(plant, kind, [row])

    assert (2, column, code) in found(result)
    assert (result.refused, result.landed) == (1, False)


def test_a_place_that_is_not_there_is_refused_unless_it_may_be_made(plant: Office) -> None:
    row = BIN | {"location": "Z-9"}

    assert found(plant.brings("stock", [row])) == [(2, "location", "unknown_place")]
    assert bring(plant, "stock", [row]).made["stock_locations"] == 1


def test_a_unit_that_nobody_has_converted_is_named_with_what_is_asked_for(plant: Office) -> None:
    (problem,) = bring(plant, "offers", [OFFER | {"sku": "FRAME"}]).problems

    assert problem.value == "CTN"
    assert "how many EA one CTN of it is" in problem.reason


def test_the_first_of_two_lines_that_differ_holds(office: Office) -> None:
    result = office.brings(
        "units",
        [UNITS[0], UNITS[0] | {"decimals": ""}, UNITS[0] | {"decimals": "4"}],
        accept_valid=True,
    )

    assert found(result) == [(4, "decimals", "line_differs")]
    assert result.made == {"units": 1}


def test_two_lines_for_one_place_are_not_added_up(plant: Office) -> None:
    row = BIN | {"location": "A-4"}

    assert found(bring(plant, "stock", [row, row])) == [(3, None, "repeated_line")]


def test_a_bill_or_an_order_with_a_bad_line_stays_out_as_a_whole(office: Office) -> None:
    for kind, rows in COMPANY[:7]:
        if kind != "boms":
            bring(office, kind, rows)

    bills = office.brings(
        "boms", [BILLS[0], BILLS[1] | {"quantity": "x"}, BILLS[2]], accept_valid=True
    )
    orders = office.brings(
        "purchase_orders", [PURCHASES[0], PURCHASES[1] | {"need_by": ""}], accept_valid=True
    )

    assert found(bills) == [(2, None, "incomplete"), (3, "quantity", "bad_quantity")]
    assert (bills.made["bom_templates"], bills.made["bom_lines"]) == (1, 1)
    assert codes(orders) == ["incomplete", "missing"]
    assert orders.made["purchase_orders"] == 0


def test_a_circle_within_a_file_is_found_before_anything_lands(office: Office) -> None:
    for kind, rows in COMPANY[:3]:
        bring(office, kind, rows)
    back = LINE | {"product_number": "TUBE", "component": "FRAME"}

    result = office.brings("boms", [LINE, back])

    assert found(result) == [(2, "component", "bom_circle"), (3, "component", "bom_circle")]


def test_an_order_that_needs_an_approval_is_not_sent_by_an_import(plant: Office) -> None:
    plant.rows(
        """
        insert into ops.purchase_approval_tiers (
          organization_id, from_amount, approver_role, created_by
        )
        values (%(own)s, 50, 'oms_finance', %(own)s)
        returning id
        """
    )
    small = BOUGHT | {"po_number": "78", "subtotal": "", "total": "", "tax_amount": "0"}

    big = bring(plant, "purchase_orders", [small | {"freight_amount": "10"}])

    assert found(big) == [(2, "status", "needs_approval")]
    assert bring(plant, "purchase_orders", [small]).landed


def test_nobody_imports_what_they_may_not_write(database: Database) -> None:
    for role in ("oms_client", "oms_factory", "oms_vendor", "oms_sales", "oms_finance"):
        connection = database.connect(role)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select private.stage_supply_import()")


# Files that refer to each other


@pytest.fixture
def folder(office: Office) -> Path:
    """Write a company's files, which name each other's rows by number."""
    write_csv(
        office.folder / "parts.csv",
        [
            {"id": "1", "number": "frame", "made": "1", "uom": "10"},
            {"id": "2", "number": "tube", "made": "0", "uom": "10"},
            {"id": "3", "number": "bolt", "made": "0", "uom": "11"},
        ],
    )
    write_csv(
        office.folder / "uoms.csv", [{"uom": "10", "code": "EA"}, {"uom": "10", "code": "EA"}]
    )
    write_csv(
        office.folder / "uses.csv",
        [
            {"into": "1", "part": "2", "n": "3"},
            {"into": "", "part": "1", "n": "1"},
            {"into": "1", "part": "9", "n": "1"},
        ],
    )
    return office.folder


FILES: dict[str, object] = {
    "lookups": {
        "into": {"file": "parts.csv", "key": "id", "column": "into"},
        "part": {"file": "parts.csv", "key": "id", "column": "part"},
        "uom": {"file": "uoms.csv", "key": "uom", "optional": True},
    },
    "products": {
        "file": "parts.csv",
        "columns": {
            "product_number": "number",
            "product_name": "Part {id}: {number}",
            "supply_method": "made",
            "unit": "uom.code",
        },
        "defaults": {"unit": "EA"},
        "values": {"supply_method": {"1": "make", "0": "buy"}},
    },
    "boms": {
        "file": "uses.csv",
        "columns": {"product_number": "into.number", "component": "part.number", "quantity": "n"},
        "refuse": [
            {"field": "product_number", "values": [""], "code": "top", "reason": "Goes nowhere."}
        ],
    },
}


def test_a_column_can_stand_in_another_file_and_a_value_for_another(
    office: Office, folder: Path
) -> None:
    products = office.brings("products", folder / "parts.csv", FILES)
    rejects = folder / "rejects.csv"
    bills = office.brings("boms", folder / "uses.csv", FILES, rejects=rejects)

    assert products.landed
    assert office.rows(
        """
        select v.sku, p.name, v.supply_method::text, v.unit
        from ops.product_variants as v inner join ops.products as p on p.id = v.product_id
        where v.organization_id = %(own)s
        order by v.sku
        """
    ) == [
        ("BOLT", "Part 3: bolt", "buy", "EA"),
        ("FRAME", "Part 1: frame", "make", "EA"),
        ("TUBE", "Part 2: tube", "buy", "EA"),
    ]
    assert found(bills) == [
        (2, None, "incomplete"),
        (3, "into", "top"),
        (4, "part", "unknown_key"),
    ]
    assert bills.problems[2].value == "9"
    with rejects.open(encoding="utf-8", newline="") as text:
        assert [row["part"] for row in csv.DictReader(text)] == ["2", "1", "9"]


def test_a_key_with_two_meanings_has_none(office: Office, folder: Path) -> None:
    write_csv(folder / "uoms.csv", [{"uom": "10", "code": "EA"}, {"uom": "10", "code": "KG"}])

    result = office.brings("products", folder / "parts.csv", FILES)

    assert found(result) == [(2, "uom", "ambiguous_key"), (3, "uom", "ambiguous_key")]


@pytest.mark.parametrize(
    ("lookups", "column", "message"),
    [
        ({}, "into.number", "no column 'into.number'"),
        (
            {"into": {"file": "none.csv", "key": "id", "column": "into"}},
            "into.number",
            r"Cannot read .*none\.csv",
        ),
        ({"into": {"file": "parts.csv", "key": "nr", "column": "into"}}, "into.number", "'nr'"),
        (
            {
                "a": {"file": "parts.csv", "key": "id", "column": "b.id"},
                "b": {"file": "parts.csv", "key": "id", "column": "a.id"},
            },
            "a.number",
            "in a circle: a > b > a",
        ),
    ],
)
def test_a_lookup_that_leads_nowhere_is_told_as_such(
    office: Office, folder: Path, lookups: dict[str, object], column: str, message: str
) -> None:
    columns = {"product_number": column, "component": "part", "quantity": "n"}

    with pytest.raises(OmsCliError, match=message):
        office.brings(
            "boms", folder / "uses.csv", {"lookups": lookups, "boms": {"columns": columns}}
        )


# A whole company


def test_every_file_of_a_company_lands_or_none_does(office: Office, folder: Path) -> None:
    mapping = folder / "company.toml"
    mapping.write_text(COMPANY_TOML, encoding="utf-8")

    refused = import_all(office.connection, mapping, folder, organization=office.code)
    before = office.count("products")
    landed = import_all(
        office.connection, mapping, folder, organization=office.code, accept_valid=True
    )
    dry = import_all(
        *(office.connection, mapping, folder),
        organization=office.code,
        accept_valid=True,
        dry_run=True,
    )

    assert [(r.kind, r.landed, r.refused) for r in refused] == [
        ("products", False, 0),
        ("boms", False, 2),
    ]
    assert before == 0
    assert [(r.kind, r.landed) for r in landed] == [("products", True), ("boms", True)]
    assert office.count("bom_lines") == 1
    assert [r.landed for r in dry] == [False, False]
    assert office.rows("select current_user = session_user, private.claims()") == [(True, None)]


COMPANY_TOML = """
[lookups.into]
file = "parts.csv"
key = "id"
column = "into"

[lookups.part]
file = "parts.csv"
key = "id"
column = "part"

[products]
file = "parts.csv"
columns = { product_number = "number" }

[boms]
file = "uses.csv"
columns = { product_number = "into.number", component = "part.number", quantity = "n" }

[[boms.refuse]]
field = "product_number"
values = [""]
code = "top"
reason = "Goes nowhere."

[[boms.refuse]]
field = "quantity"
values = ["1"]
code = "single"
reason = "Of this one there is only one."
"""


def test_every_kind_of_file_says_what_it_needs(office: Office) -> None:
    for kind in KINDS:
        with pytest.raises(OmsCliError, match="no column for `"):
            office.brings(kind, [{"nothing": "x"}])


def test_adventureworks_lands_whole_and_its_arithmetic_is_ours(office: Office) -> None:
    if not ADVENTUREWORKS.exists():
        pytest.skip(f"{ADVENTUREWORKS} is absent: the real company is not part of the project")

    results = import_all(
        *(office.connection, ROOT / "examples/adventureworks.toml", ADVENTUREWORKS),
        accept_valid=True,
        organization=office.code,
        rejects=office.folder,
    )

    told = {r.kind: (r.rows, r.refused, set(codes(r))) for r in results}
    assert told == {
        "units": (38, 0, set()),
        "products": (504, 0, set()),
        "boms": (2679, 103, {"top_level"}),
        "vendors": (104, 0, set()),
        "offers": (460, 306, {"unit_without_conversion"}),
        "places": (14, 0, set()),
        "purchase_orders": (8845, 0, set()),
        "stock": (1069, 0, set()),
        "orders": (46742, 0, set()),
    }
    made = {r.kind: r.made for r in results}
    assert (made["orders"]["orders"], made["orders"]["order_items"]) == (9791, 46742)
    assert made["boms"] == {"bom_templates": 238, "bom_lines": 2576, "unchanged_boms": 0}

    lines = read(ADVENTUREWORKS / "PurchaseOrderDetail.csv")
    assert {
        (number, *numbers)
        for number, *numbers in office.rows(
            """
            select line_number, quantity, unit_price, line_total,
              received_qty, rejected_qty, stocked_qty
            from ops.purchase_order_lines
            where organization_id = %(own)s
            """
        )
    } == {
        (
            int(line["PurchaseOrderDetailID"]),
            *(
                Decimal(line[name])
                for name in (
                    *("OrderQty", "UnitPrice", "LineTotal"),
                    *("ReceivedQty", "RejectedQty", "StockedQty"),
                )
            ),
        )
        for line in lines
    }
    assert {
        (number, *amounts)
        for number, *amounts in office.rows(
            """
            select po_number, order_date::text, subtotal, tax_amount, freight_amount, total
            from ops.purchase_orders
            where organization_id = %(own)s
            """
        )
    } == {
        (
            order["PurchaseOrderID"],
            order["OrderDate"],
            *(Decimal(order[name]) for name in ("SubTotal", "TaxAmt", "Freight", "TotalDue")),
        )
        for order in read(ADVENTUREWORKS / "PurchaseOrderHeader.csv")
    }
    stock = read(ADVENTUREWORKS / "ProductInventory.csv")
    assert office.rows(
        "select sum(on_hand) from ops.stock_levels where organization_id = %(own)s"
    ) == [(Decimal(sum(int(row["Quantity"]) for row in stock)),)]
    sold = read(ADVENTUREWORKS / "SalesOrderLine.csv")
    assert office.rows(
        """
        select sum(i.quantity), sum(i.quantity * p.unit_price)
        from ops.order_items as i
        inner join ops.order_item_prices as p using (organization_id, client_id)
        where i.organization_id = %(own)s and p.order_item_id = i.id
        """
    ) == [
        (
            Decimal(sum(int(line["OrderQty"]) for line in sold)),
            sum(int(line["OrderQty"]) * Decimal(line["TxnActualCost"]) for line in sold),
        )
    ]


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))
