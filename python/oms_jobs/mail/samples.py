"""Facts that each mail can be looked at with, before there are any."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

GOODS = [
    {
        "style_number": "K-204",
        "style_name": "Cable jumper",
        "color": "Oatmeal",
        "quantity": Decimal(1200),
        "target_ex_factory_date": "2027-03-05",
    },
    {
        "style_number": "K-310",
        "style_name": "Rib cardigan",
        "color": "Deep navy",
        "quantity": Decimal(850),
        "target_ex_factory_date": "2027-03-19",
    },
]
ITEMS = [
    {
        "sku": "ZIP-60",
        "description": "Zip, 60 cm, brass",
        "quantity": Decimal("2400"),
        "unit": "pcs",
        "need_by": "2027-01-15",
    },
    {
        "sku": "TWL-9",
        "description": "Cotton twill, 150 cm",
        "quantity": Decimal("812.5"),
        "unit": "m",
        "need_by": "2027-01-22",
    },
]
IMPRINT = ["Tern & Co", "12 Harbour Road", "Galway H91 X2Y3", "Ireland", "buying@tern.example"]
ALLOCATION = {"company": "Hanoi Knits", "allocation_number": "AL-000001", "name": "AW27 knitwear"}

SAMPLES: Mapping[str, Mapping[str, Any]] = {
    "quote_request": {**ALLOCATION, "lines": GOODS},
    "quote_reminder": {**ALLOCATION, "lines": GOODS, "invited_on": "2026-11-18"},
    "production_contract": {
        "company": "Hanoi Knits",
        "po_number": "PC-000001",
        "version": 2,
        "ex_factory_date": "2027-03-19",
        "quantity": Decimal(2050),
        "lines": GOODS,
    },
    "purchase_order": {
        "company": "Coast Trims",
        "po_number": "PO-000001",
        "note": "Deliveries on weekdays before noon.",
        "lines": ITEMS,
    },
    "notification": {
        "title": "PC-000001 was signed",
        "body": "Hanoi Knits countersigned the contract; 2,050 pieces are under contract.",
    },
    "digest": {
        "items": [
            {"title": "PC-000001 was signed", "body": "Hanoi Knits countersigned the contract."},
            {"title": "PO-000004 is late", "body": None},
        ]
    },
    "announcement": {"title": "Our new address", "paragraphs": ["From May on we are at the quay."]},
    "test": {},
}
