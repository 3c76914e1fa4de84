"""Order books and style lists: what lands, what is refused and why, and that nothing gets lost."""

import csv
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import psycopg
import pytest
from typer.testing import CliRunner, Result

from conftest import ROOT, Database
from offices import BUYS_NEW, Office, codes, found, new_office, rows_by_code, write_csv
from oms_cli.errors import OmsCliError
from oms_cli.imports import (
    ImportResult,
    load_mapping,
)
from oms_cli.imports.cells import parse_pieces, parse_price
from oms_cli.imports.commands import import_app
from oms_cli.imports.reading import cell_text, sniff_delimiter

REAL_BOOK = ROOT.parent / "shared/data/apparel_orderbook"

STYLE = {
    "style_number": "TEE-1",
    "style_name": "Crew Tee",
    "category": "T-shirts",
    "color": "Chalk",
    "color_reference": "LD-1",
    "season": "SS27",
    "sku": "TEE-1-CHK-M",
    "size": "M",
}
CATALOGUE = [
    STYLE,
    STYLE | {"sku": "TEE-1-CHK-L", "size": "L"},
    STYLE | {"color": "Navy", "color_reference": "LD-2", "sku": "TEE-1-NVY-M"},
]
LINE = {
    "client": "HARBOR",
    "client_po_number": "PO-1",
    "order_date": "2026-10-05",
    "ex_factory_date": "2027-02-12",
    "in_hands_date": "2027-03-19",
    "style_number": "TEE-1",
    "color": "Chalk",
    "sku": "",
    "size": "M",
    "quantity": "120",
    "unit_price": "11.50",
    "currency": "EUR",
}


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Iterator[Office]:
    with psycopg.connect(database.url, autocommit=True) as connection:
        yield new_office(connection, tmp_path)


@pytest.fixture
def shop(office: Office) -> Office:
    """Fill an office's catalogue with a tee in two colours."""
    assert office.styles(CATALOGUE).landed
    return office


# What lands


def test_a_style_list_becomes_styles_colours_references_and_variants(office: Office) -> None:
    result = office.styles(CATALOGUE)

    assert (result.rows, result.refused, result.landed) == (3, 0, True)
    assert result.made == {"styles": 1, "colorways": 2, "product_variants": 3}
    assert office.rows(
        """
        select s.style_number, s.name, s.category, c.marketing_name, c.season, r.color_reference
        from ops.styles as s
        inner join ops.colorways as c on c.style_id = s.id
        inner join ops.colorway_references as r on r.colorway_id = c.id
        where s.organization_id = %(own)s
        order by c.marketing_name
        """
    ) == [
        ("TEE-1", "Crew Tee", "T-shirts", "Chalk", "SS27", "LD-1"),
        ("TEE-1", "Crew Tee", "T-shirts", "Navy", "SS27", "LD-2"),
    ]
    assert office.rows(
        """
        select k.sku, c.marketing_name, k.size_label
        from ops.product_variants as k inner join ops.colorways as c on c.id = k.colorway_id
        where k.organization_id = %(own)s
        order by k.sku
        """
    ) == [
        ("TEE-1-CHK-L", "Chalk", "L"),
        ("TEE-1-CHK-M", "Chalk", "M"),
        ("TEE-1-NVY-M", "Navy", "M"),
    ]


def test_a_style_without_a_name_is_called_by_its_number(office: Office) -> None:
    office.styles([{"style_number": "tee-9", "color": "Moss"}])

    assert office.rows(
        "select style_number, name from ops.styles where organization_id = %(own)s"
    ) == [("TEE-9", "TEE-9")]


def test_an_order_book_becomes_orders_with_lines_sizes_and_prices(shop: Office) -> None:
    result = shop.orders(
        [
            LINE | {"size": "L", "quantity": "80"},
            LINE,
            LINE | {"color": "navy", "unit_price": "12"},
            LINE | {"client_po_number": "PO-2", "in_hands_date": ""},
        ]
    )

    assert (result.rows, result.refused, result.landed) == (4, 0, True)
    assert result.made == {"clients": 1, "orders": 2, "unchanged_orders": 0, "order_items": 3}
    assert shop.rows(
        """
        select o.client_po_number, d.code, o.status, o.currency, o.order_date, o.in_hands_date
        from ops.orders as o inner join ops.directory as d on d.id = o.client_id
        where o.organization_id = %(own)s
        order by o.order_number
        """
    ) == [
        ("PO-1", "HARBOR", "sales_order", "EUR", date(2026, 10, 5), date(2027, 3, 19)),
        ("PO-2", "HARBOR", "sales_order", "EUR", date(2026, 10, 5), None),
    ]
    assert shop.rows(
        """
        select o.client_po_number, i.line_number, c.marketing_name, i.quantity, p.unit_price,
          (
            select array_agg(z.size_label || ' ' || trim_scale(z.quantity) order by z.position)
            from ops.order_item_sizes as z where z.order_item_id = i.id
          )
        from ops.orders as o
        inner join ops.order_items as i on i.order_id = o.id
        inner join ops.colorways as c on c.id = i.colorway_id
        inner join ops.order_item_prices as p on p.order_item_id = i.id
        where o.organization_id = %(own)s
        order by o.order_number, i.line_number
        """
    ) == [
        ("PO-1", 1, "Chalk", Decimal(200), Decimal("11.5"), ["M 120", "L 80"]),
        ("PO-1", 2, "Navy", Decimal(120), Decimal(12), ["M 120"]),
        ("PO-2", 1, "Chalk", Decimal(120), Decimal("11.5"), ["M 120"]),
    ]


def test_a_size_at_two_prices_in_one_order_keeps_both(shop: Office) -> None:
    shop.orders([LINE, LINE | {"quantity": "30", "unit_price": "9.25"}])

    assert shop.rows(
        """
        select i.line_number, i.quantity, p.unit_price
        from ops.order_items as i inner join ops.order_item_prices as p on p.order_item_id = i.id
        where i.organization_id = %(own)s
        order by 1
        """
    ) == [(1, Decimal(120), Decimal("11.5")), (2, Decimal(30), Decimal("9.25"))]


def test_a_size_that_comes_again_in_another_quantity_adds_up(shop: Office) -> None:
    result = shop.orders([LINE, LINE | {"quantity": "30"}])

    assert result.made["order_items"] == 1
    assert shop.rows(
        "select quantity from ops.order_item_sizes where organization_id = %(own)s"
    ) == [(Decimal(150),)]


def test_a_sku_gives_the_line_its_colour_and_size(shop: Office) -> None:
    by_sku = LINE | {"style_number": "", "color": "", "size": ""}
    mapping = BUYS_NEW | {"normalize": {"sku": ["upper", "strip_dots"]}}

    result = shop.orders([by_sku | {"sku": "tee-1-nvy-m."}], mapping)

    assert result.landed
    assert shop.rows(
        """
        select c.marketing_name, z.size_label
        from ops.order_item_sizes as z
        inner join ops.order_items as i on i.id = z.order_item_id
        inner join ops.colorways as c on c.id = i.colorway_id
        where z.organization_id = %(own)s
        """
    ) == [("Navy", "M")]


def test_a_column_a_size_is_the_same_as_a_row_a_size(shop: Office) -> None:
    wide = {key: value for key, value in LINE.items() if key not in ("size", "quantity", "sku")}
    mapping = {"orders": {"create_clients": True, "size_columns": {"Medium": "m", "Large": "L"}}}

    result = shop.orders(
        [
            wide | {"Medium": "120", "Large": "80"},
            wide | {"color": "Navy", "Medium": "", "Large": "0040"},
            wide | {"color": "Navy", "Medium": "0", "Large": ""},
            wide | {"color": "Chalk", "Medium": "12.5", "Large": "x"},
            wide | {"Medium": "120", "Large": "80"},
        ],
        mapping,
        accept_valid=True,
    )

    assert found(result) == [
        (4, None, "missing"),
        (5, "Medium", "bad_quantity"),
        (5, "Large", "bad_quantity"),
        (6, None, "repeated_line"),
    ]
    assert shop.rows(
        """
        select i.line_number, z.size_label, z.quantity
        from ops.order_items as i inner join ops.order_item_sizes as z on z.order_item_id = i.id
        where i.organization_id = %(own)s
        order by 1, z.position
        """
    ) == [(1, "M", Decimal(120)), (1, "L", Decimal(80)), (2, "L", Decimal(40))]


def test_a_spreadsheet_is_read_like_the_csv_that_it_would_be(shop: Office) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("Notes")
    sheet = workbook.create_sheet("Book")
    sheet.append(["client", "client_po_number", "order_date", "in_hands_date", "style_number"])
    for column, name in enumerate(("color", "size", "quantity", "unit_price"), 6):
        sheet.cell(1, column, name)
    sheet.append(["HARBOR", 77, date(2026, 10, 5), "2027-03-19", "TEE-1", "Chalk", "M", 120, 11.55])
    sheet.append([])
    sheet.append(["HARBOR", 77, date(2026, 10, 5), None, "TEE-1", "Chalk", "L", 80.0, 11.55])
    sheet.append(["HARBOR", 77, date(2026, 10, 5), None, "TEE-1", "Chalk", "L", "#N/A", 11.55])
    file = shop.folder / "book.xlsx"
    workbook.save(file)

    mapping = {"orders": {"create_clients": True, "sheet": "Book"}}
    result = shop.orders(file, mapping, accept_valid=True)

    assert found(result) == [(5, "quantity", "spreadsheet_error")]
    assert shop.rows(
        """
        select o.client_po_number, o.order_date, i.quantity, p.unit_price
        from ops.orders as o
        inner join ops.order_items as i on i.order_id = o.id
        inner join ops.order_item_prices as p on p.order_item_id = i.id
        where o.organization_id = %(own)s
        """
    ) == [("77", date(2026, 10, 5), Decimal(200), Decimal("11.55"))]


def test_a_book_from_a_continental_spreadsheet_is_understood(shop: Office) -> None:
    columns = {
        "client": "Kunde",
        "client_po_number": "Bestellung",
        "order_date": "vom",
        "style_number": "Modell",
        "color": "Farbe",
        "size": "Größe",
        "quantity": "Stück",
        "unit_price": "Preis",
    }
    mapping = {
        "decimal": ",",
        "date_formats": ["%d.%m.%Y"],
        "size_aliases": {"mittel": "M"},
        "orders": {
            "create_clients": True,
            "columns": columns,
            "constants": {"in_hands_date": date(2027, 3, 19)},
            "defaults": {"currency": "EUR"},
        },
    }
    file = shop.folder / "buch.csv"
    file.write_text(
        "\ufeff" + ";".join(columns.values()) + "\r\n"
        "Müller;B 1;05.10.2026;tee-1;Chalk;Mittel;1.200;11,50\r\n",
        encoding="utf-8",
    )

    assert shop.orders(file, mapping).landed
    assert shop.rows(
        """
        select d.code, o.order_date, o.in_hands_date, o.currency, z.size_label, z.quantity
        from ops.orders as o
        inner join ops.directory as d on d.id = o.client_id
        inner join ops.order_items as i on i.order_id = o.id
        inner join ops.order_item_sizes as z on z.order_item_id = i.id
        where o.organization_id = %(own)s
        """
    ) == [("Müller", date(2026, 10, 5), date(2027, 3, 19), "EUR", "M", Decimal(1200))]


def test_a_client_is_found_by_its_code_and_a_new_one_gets_its_name(shop: Office) -> None:
    shop.add_company("client", "Harbor", "Harbor & Pine")
    named = LINE | {"client_name": "Nordlys Outdoor"}

    result = shop.orders([LINE | {"client_name": ""}, named | {"client": "NORDLYS"}])

    assert result.made["clients"] == 1
    assert shop.rows(
        "select code, name from ops.directory where organization_id = %(own)s order by code"
    ) == [("Harbor", "Harbor & Pine"), ("NORDLYS", "Nordlys Outdoor")]


def test_an_order_without_a_currency_is_in_the_client_s_or_ours(shop: Office) -> None:
    shop.orders([LINE | {"currency": ""}])

    assert shop.rows("select currency from ops.orders where organization_id = %(own)s") == [
        ("USD",)
    ]


# What is refused


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({"client": ""}, "client", "missing"),
        ({"client": "NOBODY"}, "client", "unknown_client"),
        ({"client": "MILL"}, "client", "not_a_client"),
        ({"client_po_number": " "}, "client_po_number", "missing"),
        ({"order_date": "31.12.2026"}, "order_date", "bad_date"),
        ({"order_date": "2026-02-30"}, "order_date", "bad_date"),
        ({"order_date": "0226-03-01"}, "order_date", "bad_date"),
        ({"client_po_number": 201 * "x"}, "client_po_number", "too_long"),
        ({"in_hands_date": "2027-02-11"}, "in_hands_date", "dates_out_of_order"),
        ({"currency": "EURO"}, "currency", "bad_currency"),
        ({"style_number": ""}, "style_number", "missing"),
        ({"style_number": "TEE-2"}, "style_number", "unknown_style"),
        ({"color": "Petal"}, "color", "unknown_color"),
        ({"color": ""}, "sku", "no_sku"),
        ({"sku": "TEE-1-CHK-S"}, "sku", "unknown_sku"),
        ({"sku": "TEE-1-NVY-M"}, "color", "sku_mismatch"),
        ({"sku": "TEE-1-CHK-L"}, "size", "sku_mismatch"),
        ({"size": ""}, "size", "missing"),
        ({"size": "HUGE"}, "size", "unknown_size"),
        ({"size": "S TO XXL"}, "size", "size_range"),
        ({"size": "S-L"}, "size", "size_range"),
        ({"quantity": ""}, "quantity", "missing"),
        ({"quantity": "0"}, "quantity", "bad_quantity"),
        ({"quantity": "-3"}, "quantity", "bad_quantity"),
        ({"quantity": "1.5"}, "quantity", "bad_quantity"),
        ({"quantity": "a dozen"}, "quantity", "bad_quantity"),
        ({"quantity": "#REF!"}, "quantity", "spreadsheet_error"),
        ({"unit_price": ""}, "unit_price", "missing"),
        ({"unit_price": "-1"}, "unit_price", "bad_price"),
        ({"unit_price": "1.00001"}, "unit_price", "bad_price"),
        ({"unit_price": "11,50"}, "unit_price", "bad_price"),
    ],
)
def test_a_bad_line_of_an_order_book_is_refused(
    shop: Office, changed: dict[str, str], column: str, code: str
) -> None:
    shop.add_company("client", "HARBOR", "Harbor & Pine")
    shop.add_company("factory", "MILL", "Hilltop Mill")

    result = shop.orders([LINE, LINE | {"client_po_number": "PO-2"} | changed], None)

    assert found(result) == [(3, column, code)]
    assert not result.landed
    assert shop.count("orders") == 0


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([STYLE | {"style_number": ""}], [(2, "style_number", "missing")]),
        ([STYLE | {"color": ""}], [(2, "color", "missing")]),
        ([STYLE | {"sku": ""}], [(2, "sku", "missing")]),
        ([STYLE | {"size": ""}], [(2, "size", "missing")]),
        ([STYLE | {"size": "HUGE"}], [(2, "size", "unknown_size")]),
        ([STYLE | {"sku": "#REF!"}], [(2, "sku", "spreadsheet_error")]),
        ([STYLE, STYLE | {"category": "Tops"}], [(3, "category", "style_differs")]),
        ([STYLE, STYLE | {"season": "FW27"}], [(3, "season", "style_differs")]),
        (
            [STYLE, STYLE | {"color": "Navy", "color_reference": ""}],
            [(2, "sku", "sku_ambiguous"), (3, "sku", "sku_ambiguous")],
        ),
    ],
)
def test_a_bad_line_of_a_style_list_is_refused(
    office: Office, rows: list[dict[str, str]], problems: list[tuple[int, str, str]]
) -> None:
    result = office.styles(rows)

    assert found(result) == problems
    assert not result.landed
    assert office.count("styles") == 0


@pytest.mark.parametrize(
    ("changed", "column", "code"),
    [
        ({"style_name": "Crew"}, "style_name", "style_exists"),
        ({"category": "Tops"}, "category", "style_exists"),
        ({"color_reference": "LD-9"}, "color_reference", "style_exists"),
        ({"season": "FW27"}, "season", "style_exists"),
        ({"size": "XL"}, "sku", "sku_exists"),
    ],
)
def test_an_import_never_changes_what_the_catalogue_says(
    shop: Office, changed: dict[str, str], column: str, code: str
) -> None:
    result = shop.styles([STYLE | changed])

    assert found(result) == [(2, column, code)]


def test_every_problem_of_a_line_is_listed(shop: Office) -> None:
    bad = {"client": "NOBODY", "color": "Petal", "quantity": "0", "unit_price": ""}

    result = shop.orders([LINE | bad], None)

    assert sorted(codes(result)) == ["bad_quantity", "missing", "unknown_client", "unknown_color"]
    assert result.refused == 1


def test_a_row_longer_than_its_header_is_refused(shop: Office) -> None:
    file = write_csv(shop.folder / "file.csv", [LINE])
    file.write_text(file.read_text().rstrip("\r\n") + ",000\n")

    assert found(shop.orders(file)) == [(2, None, "too_many_cells")]


def test_rows_that_are_no_goods_are_refused_for_the_mapping_s_reason_alone(shop: Office) -> None:
    refusal = {"field": "style_number", "values": ["Shipping"], "code": "freight", "reason": "No."}
    mapping = {"orders": {"create_clients": True, "refuse": [refusal]}}

    result = shop.orders([LINE | {"style_number": "SHIPPING", "size": "", "color": ""}], mapping)

    assert [(p.column, p.value, p.code, p.reason) for p in result.problems] == [
        ("style_number", "SHIPPING", "freight", "No.")
    ]


def test_of_exactly_repeated_lines_the_first_stands(shop: Office) -> None:
    again = LINE | {"quantity": "120.0", "size": "m", "color": "CHALK"}

    result = shop.orders([LINE, LINE | {"size": "L"}, again, LINE], accept_valid=True)

    assert found(result) == [(4, None, "repeated_line"), (5, None, "repeated_line")]
    assert {problem.reason for problem in result.problems} == {
        "Repeats line 2: same order, colour, size, quantity and price."
    }
    assert shop.rows("select quantity from ops.order_items where organization_id = %(own)s") == [
        (Decimal(240),)
    ]


def test_repeated_lines_can_be_added_up_instead(shop: Office) -> None:
    mapping = {"orders": {"create_clients": True, "repeated_lines": "sum"}}

    assert shop.orders([LINE, LINE], mapping).landed
    assert shop.rows("select quantity from ops.order_items where organization_id = %(own)s") == [
        (Decimal(240),)
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("order_date", "2026-10-06"),
        ("ex_factory_date", "2027-02-13"),
        ("in_hands_date", "2027-03-20"),
        ("currency", "USD"),
    ],
)
def test_all_lines_of_an_order_bear_the_same_dates_and_currency(
    shop: Office, column: str, value: str
) -> None:
    other_size = LINE | {"size": "L"}

    assert found(shop.orders([LINE, other_size | {column: value}])) == [
        (3, column, "order_differs")
    ]
    assert shop.orders([LINE | {column: ""}, other_size]).landed


# All or nothing


def test_one_bad_line_keeps_the_whole_file_out(shop: Office) -> None:
    before = shop.count("directory"), shop.count("members")

    result = shop.orders([LINE, LINE | {"client_po_number": "PO-2", "quantity": "0"}])

    assert (result.rows, result.accepted, result.refused) == (2, 1, 1)
    assert (result.landed, result.made) == (False, {})
    assert shop.count("orders") == 0
    assert (shop.count("directory"), shop.count("members")) == before


def test_the_good_lines_land_when_asked_to(shop: Office) -> None:
    result = shop.orders(
        [LINE, LINE | {"client": "B", "quantity": "0"}, LINE | {"size": "L", "unit_price": "x"}],
        accept_valid=True,
    )

    assert (result.accepted, result.refused, result.landed) == (1, 2, True)
    assert result.made == {"clients": 1, "orders": 1, "unchanged_orders": 0, "order_items": 1}
    assert shop.rows("select code from ops.directory where organization_id = %(own)s") == [
        ("HARBOR",)
    ]


def test_a_dry_run_says_what_it_would_make_and_makes_nothing(shop: Office) -> None:
    result = shop.orders([LINE], dry_run=True)

    assert (result.landed, result.made["orders"]) == (False, 1)
    assert shop.count("orders") == shop.count("directory") == 0


def test_the_rejects_file_explains_each_refused_row_and_keeps_it_as_it_was(shop: Office) -> None:
    rejects = shop.folder / "rejects.csv"
    bad = LINE | {"client_po_number": 'PO "2"', "size": "HUGE", "quantity": " 0 "}

    result = shop.orders([LINE, bad, LINE], rejects=rejects)

    with rejects.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert result.rejects == rejects
    assert [row["rejected_line"] for row in rows] == ["3", "4"]
    assert rows[0]["rejected_column"] == "size | quantity"
    assert rows[0]["reason_code"] == "unknown_size | bad_quantity"
    assert "1 to 999,999,999 pieces" in rows[0]["reason"]
    assert {key: rows[0][key] for key in bad} == bad
    assert rows[1]["reason_code"] == "repeated_line"


def test_a_corrected_rejects_file_can_be_imported_as_it_is(shop: Office) -> None:
    rejects = shop.folder / "rejects.csv"
    shop.orders([LINE | {"quantity": "0"}], rejects=rejects)
    rejects.write_text(rejects.read_text().replace(",M,0,", ",M,10,"))

    assert shop.orders(rejects).landed


def test_a_clean_file_leaves_no_rejects_file(shop: Office) -> None:
    rejects = shop.folder / "rejects.csv"

    assert shop.orders([LINE], rejects=rejects).rejects is None
    assert not rejects.exists()


# Again


def test_the_same_files_again_add_nothing(shop: Office) -> None:
    book = [LINE, LINE | {"size": "L"}, LINE | {"unit_price": "9"}]
    shop.orders(book)
    tables = ("orders", "order_items", "order_item_sizes", "order_item_prices", "product_variants")
    before = [shop.count(table) for table in tables]

    styles, orders = shop.styles(CATALOGUE), shop.orders(book)

    assert styles.made == {"styles": 0, "colorways": 0, "product_variants": 0}
    assert orders.made == {"clients": 0, "orders": 0, "unchanged_orders": 1, "order_items": 0}
    assert (orders.accepted, orders.landed) == (3, True)
    assert [shop.count(table) for table in tables] == before


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"quantity": "121"}, "lines"),
        ({"size": "L"}, "lines"),
        ({"color": "Navy"}, "lines"),
        ({"unit_price": "11.51"}, "lines"),
        ({"order_date": "2026-10-06"}, "order date"),
        ({"ex_factory_date": "2027-02-13"}, "ex-factory date"),
        ({"in_hands_date": "2027-03-20"}, "in-hands date"),
        ({"currency": "USD"}, "currency"),
    ],
)
def test_an_order_that_exists_otherwise_is_refused_and_left_alone(
    shop: Office, changed: dict[str, str], what: str
) -> None:
    shop.orders([LINE])

    result = shop.orders([LINE | changed, LINE | {"client_po_number": "PO-2"}], accept_valid=True)

    assert found(result) == [(2, "client_po_number", "order_exists")]
    assert f"with other {what};" in result.problems[0].reason
    assert result.made["orders"] == 1
    assert shop.rows("select quantity from ops.order_items where organization_id = %(own)s") == [
        (Decimal(120),),
        (Decimal(120),),
    ]


def test_a_po_number_is_each_client_s_own(shop: Office) -> None:
    assert shop.orders([LINE, LINE | {"client": "NORDLYS"}]).made["orders"] == 2


def test_the_same_book_imported_twice_at_once_lands_once(shop: Office, database: Database) -> None:
    file = write_csv(shop.folder / "book.csv", [LINE])
    results: list[ImportResult] = []

    def run() -> None:
        with psycopg.connect(database.url, autocommit=True) as connection:
            twin = Office(connection, shop.code, shop.folder)
            results.append(twin.orders(file))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(result.made["orders"] for result in results) == [0, 1]
    assert sorted(result.made["unchanged_orders"] for result in results) == [0, 1]


# Who


def test_the_session_is_its_owner_s_again_afterwards(shop: Office) -> None:
    shop.orders([LINE])

    assert shop.rows("select current_user = session_user, private.claims()") == [(True, None)]


def test_an_import_stays_in_its_organization(shop: Office) -> None:
    neighbour = new_office(shop.connection, shop.folder)

    assert codes(neighbour.orders([LINE])) == ["unknown_style"]
    assert shop.orders([LINE]).landed
    assert neighbour.count("orders") == 0


@pytest.mark.parametrize(
    ("role", "function"),
    [
        *((role, "stage_style_import()") for role in ("oms_client", "oms_factory", "oms_sales")),
        *((role, "import_styles()") for role in ("oms_client", "oms_factory", "oms_sales")),
        *((role, "stage_order_import()") for role in ("oms_client", "oms_factory", "oms_planner")),
        *((role, "import_orders('{}')") for role in ("oms_client", "oms_factory", "oms_planner")),
    ],
)
def test_nobody_imports_what_they_may_not_write(
    database: Database, role: str, function: str
) -> None:
    connection = database.connect(role)

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(f"select private.{function}".encode())


# Files and mappings that cannot be read


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("book.csv", b"", "is empty"),
        ("book.csv", b"client,size\nA,M\n", "no column for `client_po_number`"),
        ("book.csv", b"%(all)s\n", "no rows below its header"),
        ("book.csv", b"client,Client\n", "two columns called 'client'"),
        ("book.csv", b"%(all)s\nM\xfcller,M\n", "line 2: not UTF-8"),
        ("book.csv", b'%(all)s\nA,"M\nB,L\n', "line 2: unexpected end of data"),
        ("book.csv", b"%(all)s\nA\0,M\n", "line 2: binary content"),
        ("book.pdf", b"a letter", "ends in '.pdf'"),
        ("book.xlsx", b"client,size\n", "is not a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_such(
    shop: Office, name: str, content: bytes, message: str
) -> None:
    file = shop.folder / name
    file.write_bytes(content.replace(b"%(all)s", ",".join(LINE).encode()))

    with pytest.raises(OmsCliError, match=message):
        shop.orders(file)


def test_a_file_that_is_not_there_is_told_as_such(shop: Office) -> None:
    with pytest.raises(OmsCliError, match=r"Cannot read .*: No such file"):
        shop.orders(shop.folder / "none.csv")


def test_a_missing_column_is_named_with_those_that_there_are(shop: Office) -> None:
    with pytest.raises(OmsCliError, match="no column 'Kunde'") as error:
        shop.orders([LINE], {"orders": {"columns": {"client": "Kunde"}}})

    assert "client_po_number" in str(error.value.next_step)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[orders", "not valid TOML: Expected"),
        ("[order]", "order: no such key; did you mean `orders`?"),
        ("[orders.columns]\ncolour = 'Farbe'", "orders.columns.colour: .* mean `color`?"),
        ("[orders.columns]\nxyz = 'a'", "there are client, client_name, client_po_number"),
        ("[orders]\nrepeated_lines = 'keep'", "orders.repeated_lines: .*'reject' or 'sum'"),
        ("[orders]\ncreate_clients = 'often'", "orders.create_clients: .*boolean"),
        ("[normalize]\nsku = ['shout']", "normalize.sku.0: .*'upper', 'lower', 'title'"),
        ("date_formats = ['%d.%m']", "date_formats: '%d.%m' names no day, month and year"),
        ("decimal = ';'", "decimal: .*'.' or ','"),
        ("sizes = ['S', 's']", "sizes: 'S' stands there twice"),
        ("sizes = ['S']\nsize_aliases = {small = 'SM'}", "size_aliases: 'SM' is none of the"),
        ("[orders.size_columns]\nBig = 'HUGE'", "orders.size_columns: 'HUGE' is none of the"),
        ("[orders.size_columns]\na = 'S'\nb = 's'", "two columns are the same size"),
        (
            "[orders.size_columns]\na = 'S'\n[orders.columns]\nsize = 'Size'",
            "`size` and size_columns exclude each other",
        ),
        (
            "[orders.columns]\nclient = 'a'\n[orders.constants]\nclient = 'b'",
            "`client` stands under constants and again",
        ),
        (
            "[[styles.refuse]]\nfield = 'colr'\nvalues = ['x']\ncode = 'no'\nreason = 'No.'",
            "'colr' is no field; there are style_number",
        ),
        (
            "[[styles.refuse]]\nfield = 'color'\nvalues = ['x']\ncode = 'No!'\nreason = 'No.'",
            "styles.refuse.0.code: ",
        ),
    ],
)
def test_a_bad_mapping_names_the_key_and_what_would_be_right(
    tmp_path: Path, text: str, message: str
) -> None:
    file = tmp_path / "book.toml"
    file.write_text(text)

    with pytest.raises(OmsCliError, match=message):
        load_mapping(file)


def test_a_mapping_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(OmsCliError, match=r"Cannot read the mapping .*: No such file"):
        load_mapping(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [("1,200", ".", 1200), ("1.200", ",", 1200), ("12.0", ".", 12), ("1 200", ".", 1200)],
)
def test_a_quantity_may_be_written_with_thousands_apart(
    text: str, decimal: str, value: int
) -> None:
    assert parse_pieces(text, decimal) == value


def test_a_price_keeps_its_decimals_exactly() -> None:
    assert parse_price("1,234.5678", ".") == Decimal("1234.5678")
    assert parse_price(cell_text(0.1 + 0.2), ".") == Decimal("0.3")


def test_a_delimiter_is_the_one_outside_of_quotes() -> None:
    assert sniff_delimiter('"a,b,c,d";e;f') == ";"
    assert sniff_delimiter("single") == ","


# The command


@pytest.fixture
def run(shop: Office, database: Database, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    running = SimpleNamespace(server=database.server)
    monkeypatch.chdir(shop.folder)
    monkeypatch.setattr("oms_cli.imports.commands.find_project", lambda: None)
    monkeypatch.setattr("oms_cli.stack.require", lambda _project: running)
    return lambda *arguments: CliRunner().invoke(
        import_app, [*arguments, "--organization", shop.code]
    )


def test_the_command_fails_and_shows_why_when_rows_were_refused(
    shop: Office, run: Callable[..., Result]
) -> None:
    write_csv(shop.folder / "book.csv", [LINE])

    result = run("orders", "book.csv")

    assert result.exit_code == 1
    assert "unknown_client" in result.output
    assert "Nothing landed" in result.output
    assert (shop.folder / "book.rejects.csv").exists()


def test_the_command_prints_one_object_on_one_line(
    shop: Office, run: Callable[..., Result]
) -> None:
    write_csv(shop.folder / "book.csv", [LINE, LINE])
    (shop.folder / "book.toml").write_text("[orders]\ncreate_clients = true\n")

    result = run("orders", "book.csv", "--map", "book.toml", "--accept-valid", "--json")

    assert result.exit_code == 0
    told = json.loads(result.stdout)
    assert {key: told[key] for key in ("rows", "accepted", "refused", "reasons", "landed")} == {
        "rows": 2,
        "accepted": 1,
        "refused": 1,
        "reasons": {"repeated_line": 1},
        "landed": True,
    }


# The bundled and the real book


def test_the_bundled_order_book_is_clean(office: Office) -> None:
    examples = ROOT / "examples"

    styles = office.styles(examples / "demo_styles.csv")
    orders = office.orders(examples / "demo_orderbook.csv", examples / "demo_orderbook.toml")

    assert styles.problems == orders.problems == ()
    assert orders.made["clients"] == 5
    assert orders.made["orders"] == 12


def test_the_real_order_book_reconciles_row_by_row(office: Office) -> None:
    if not REAL_BOOK.exists():
        pytest.skip(f"{REAL_BOOK} is absent: the real order book is not part of the project")
    mapping = ROOT / "examples/apparel_orderbook.toml"
    rejects = office.folder / "rejects.csv"

    styles = office.styles(REAL_BOOK / "stock_by_sku.csv", mapping, accept_valid=True)
    orders = office.orders(
        REAL_BOOK / "order_lines.csv", mapping, accept_valid=True, rejects=rejects
    )
    again = office.orders(REAL_BOOK / "order_lines.csv", mapping, accept_valid=True)

    # Counted by a script of its own, which knows nothing of the importer.
    assert (styles.rows, styles.accepted) == (9235, 9164)
    assert rows_by_code(styles) == {
        "missing": 47,
        "spreadsheet_error": 15,
        "sku_ambiguous": 8,
        "no_color": 1,
    }
    assert (orders.rows, orders.accepted, orders.refused) == (19156, 10780, 8376)
    assert rows_by_code(orders) == {
        "repeated_line": 6143,
        "no_sku": 1417,
        "freight": 510,
        "unknown_sku": 269,
        "unknown_size": 172,
        "unknown_style": 149,
        "missing": 17,
        "service": 11,
        "size_range": 9,
    }
    assert orders.made == {
        "clients": 122,
        "orders": 220,
        "unchanged_orders": 0,
        "order_items": 4059,
    }
    assert office.rows(
        """
        select sum(z.quantity), sum(z.quantity * p.unit_price)
        from ops.order_item_sizes as z
        inner join ops.order_item_prices as p using (organization_id, order_item_id)
        where organization_id = %(own)s
        """
    ) == [(Decimal(14216), Decimal("9508885.32"))]
    with rejects.open(encoding="utf-8", newline="") as text:
        refused = list(csv.DictReader(text))
    assert len(refused) == len({row["rejected_line"] for row in refused}) == orders.refused
    assert all(row["reason"] for row in refused)
    assert again.made == {
        "clients": 0,
        "orders": 0,
        "unchanged_orders": 220,
        "order_items": 0,
    }
