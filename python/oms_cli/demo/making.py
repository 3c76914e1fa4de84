"""A gift box from its sales order to the shelf: made in house, of what two vendors deliver."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from oms_cli.demo import post
from oms_cli.demo.setting import Scene
from oms_cli.demo.telling import Narrator
from oms_cli.reporting import Section, bottleneck_sections, picture, workflow_sections
from oms_client import contains, one_of
from oms_client.enums import (
    ApprovalStatus,
    BomStatus,
    MemberRole,
    PartyKind,
    PurchaseOrderStatus,
    StockMoveReason,
    SupplyMethod,
)
from oms_client.rows import OrderItem, ProductionOrder, PurchaseOrder, PurchaseOrderLine
from oms_client.wire import Row
from oms_client.writes import AcknowledgedLine, ReceivedLine

STYLE = "TT-GIFT"
BOX, TIN = "Paper box", "Tin"
BOXES, TINS, MORE_BOXES = 120, 300, 60
NEEDED_IN_DAYS = 28
MORE_NEEDED_IN_DAYS = 45
APPROVED_BY_FINANCE_FROM = 150
FIRST_OUTPUT = 70
LATE, LATE_BY_DAYS = "CARTON-G", 6
ROWS = 8


@dataclass(frozen=True)
class Component:
    """What goes into a gift box, and who sells it."""

    sku: str
    name: str
    in_stock: int
    vendor: str
    price: str
    lead_time_days: int
    minimum: int = 0
    multiple: int | None = None
    unit: str = "EA"
    sold_in: str | None = None
    dearer: str | None = None
    """A second vendor, who sells it too."""


VENDORS = {"PACKFOLD": "Pack & Fold", "BANDWORKS": "Bandworks Ribbons"}
COMPONENTS = (
    Component("CARTON-G", "Gift carton", 20, "PACKFOLD", "0.90", 7, 100, 50, dearer="BANDWORKS"),
    Component("TIN-G", "Gift tin", 0, "PACKFOLD", "1.75", 35, 250),
    Component("TISSUE", "Tissue paper", 1_500, "PACKFOLD", "0.03", 5, 500, 500),
    Component("RIBBON", "Ribbon, 25 mm", 60, "BANDWORKS", "6.50", 4, 2, unit="M", sold_in="ROLL"),
    Component("CARD", "Greeting card", 40, "BANDWORKS", "0.22", 6, 100),
)
ROLL_METRES = 25
PAPER = {"CARTON-G": "1", "TISSUE": "2", "RIBBON": "1.2", "CARD": "1"}


@dataclass(frozen=True)
class Bill:
    """A bill of materials: which colour it makes, and what goes into one."""

    code: str
    color: str
    lines: Mapping[str, str]
    is_default: bool = True


BILLS = (
    Bill("PAPER", BOX, PAPER),
    Bill("PAPER-BOW", BOX, PAPER | {"RIBBON": "3.5"}, is_default=False),
    Bill("TIN", TIN, {"TIN-G": "1", "TISSUE": "1", "CARD": "1"}),
)


def make(on: Scene, tell: Narrator) -> None:
    """Play an order of gift boxes to the finished goods, and draw where things stand."""
    tell.chapter("Made in house: from the order line to the finished goods")
    prepare(on, tell)
    boxes, tins = sell(on, tell, {BOX: BOXES, TIN: TINS}, NEEDED_IN_DAYS)
    choose(on, tell, boxes)
    choose(on, tell, tins)
    made = produce(on, tell, boxes, tins)
    check_stock(on, tell, made[boxes.id])
    plan(on, tell)
    buy(on, tell)
    acknowledge(on, tell)
    receive(on, tell, made[boxes.id])
    finish(on, tell, made[boxes.id])
    (more,) = sell(on, tell, {BOX: MORE_BOXES}, MORE_NEEDED_IN_DAYS)
    choose(on, tell, more)
    with tell.step("Planner") as step:
        run = on.staff("planner").oms.plan_supply()
        step.end(f"plans again: {run.added_count} supplies more, what is on its way is left alone")
    report(on, tell)


def prepare(on: Scene, tell: Narrator) -> None:
    """Write down what a gift box is made of, who sells it, and what lies in the warehouse."""
    planner, production = on.staff("planner").oms, on.staff("production").oms
    with tell.step("Planner") as step:
        style = planner.styles.insert(style_number=STYLE, name="Gift box", category="Gifts")
        planner.units.insert_many(
            [{"code": "M", "name": "Metre", "decimals": 1}, {"code": "ROLL", "name": "Roll"}]
        )
        for name in BOX, TIN:
            color = planner.colorways.insert(style_id=style.id, marketing_name=name)
            planner.product_variants.insert(
                sku=_sku(name),
                colorway_id=color.id,
                supply_method=SupplyMethod.MAKE,
                standard_cost=Decimal("3.20"),
            )
        for one in COMPONENTS:
            product = planner.products.insert(product_number=one.sku, name=one.name)
            variant = planner.product_variants.insert(
                sku=one.sku,
                product_id=product.id,
                unit=one.unit,
                standard_cost=Decimal(one.price) / (ROLL_METRES if one.sold_in else 1),
            )
            if one.sold_in:
                planner.unit_conversions.insert(
                    product_variant_id=variant.id,
                    from_unit=one.sold_in,
                    to_unit=one.unit,
                    factor=ROLL_METRES,
                )
        step.end(f"enters {len(COMPONENTS)} components; ribbon comes in rolls of {ROLL_METRES} m")
    with tell.step("Production") as step:
        bench = production.work_centers.insert(code="PACK", name="Packing", daily_minutes=480)
        product = next(iter(production.products.find(style_id=_style(on))))
        for bill in BILLS:
            template = production.bom_templates.insert(
                product_id=product.id,
                product_variant_id=_variants(on)[_sku(bill.color)],
                code=bill.code,
                name=bill.code.replace("-", " with a ").capitalize(),
                is_default=bill.is_default,
                lead_time_days=3,
            )
            version = production.bom_versions.insert(bom_template_id=template.id)
            production.bom_lines.insert_many(
                [
                    {
                        "bom_version_id": version.id,
                        "product_variant_id": _variants(on)[sku],
                        "quantity": Decimal(quantity),
                        "position": 10 * nth,
                    }
                    for nth, (sku, quantity) in enumerate(bill.lines.items(), 1)
                ]
            )
            production.bom_operations.insert(
                bom_version_id=version.id, name="Pack", work_center_id=bench.id, minutes_per_unit=6
            )
            production.bom_versions.update(version.id, status=BomStatus.ACTIVE, valid_from=_today())
        step.end(f"puts {len(BILLS)} bills of materials in force")
    offers(on, tell)
    with tell.step("Warehouse") as step:
        warehouse = on.staff("warehouse").oms
        main = warehouse.warehouses.insert(code="MAIN", name="Main warehouse")
        shelf = warehouse.stock_locations.insert(warehouse_id=main.id, code="A-1")
        warehouse.stock_moves.insert_many(
            [
                {
                    "product_variant_id": _variants(on)[one.sku],
                    "to_location_id": shelf.id,
                    "quantity": one.in_stock,
                    "reason": StockMoveReason.OPENING,
                }
                for one in COMPONENTS
                if one.in_stock
            ]
        )
        step.end("counts what there is")


def offers(on: Scene, tell: Narrator) -> None:
    """Enter two vendors and what they sell; finance approves what is dear."""
    buyer = on.staff("procurement").oms
    with tell.step("Procurement") as step:
        vendors = {
            code: buyer.directory.insert(
                kinds=[PartyKind.VENDOR],
                code=code,
                name=name,
                email=f"orders@{code.lower()}.example",
                currency="USD",
                approval_status=ApprovalStatus.APPROVED,
            ).id
            for code, name in VENDORS.items()
        }
        count = 0
        for one in COMPONENTS:
            sellers = [(one.vendor, Decimal(one.price))]
            if one.dearer:
                sellers.append((one.dearer, Decimal(one.price) * 2))
            for preference, (vendor, price) in enumerate(sellers, 1):
                offer = buyer.supplier_products.insert(
                    vendor_id=vendors[vendor],
                    product_variant_id=_variants(on)[one.sku],
                    purchase_unit=one.sold_in or one.unit,
                    lead_time_days=one.lead_time_days,
                    minimum_qty=one.minimum,
                    multiple_qty=one.multiple,
                    preference=preference,
                )
                buyer.supplier_price_breaks.insert(supplier_product_id=offer.id, unit_price=price)
                count += 1
        step.end(f"enters {len(vendors)} vendors and {count} offers")
    on.staff("admin").oms.purchase_approval_tiers.insert(
        from_amount=APPROVED_BY_FINANCE_FROM, approver_role=MemberRole.OMS_FINANCE
    )


def sell(on: Scene, tell: Narrator, asked: Mapping[str, int], days: int) -> list[OrderItem]:
    """Enter an order of a client for gift boxes."""
    sales = on.staff("sales").oms
    client = next(iter(sales.directory.find(kinds=contains(PartyKind.CLIENT), order="code")))
    style_id = _style(on)
    colors = {one.marketing_name: one.id for one in sales.colorways.find(style_id=style_id)}
    with tell.step("Sales") as step:
        order = sales.create_order(
            [
                {"colorway_id": colors[color], "quantity": quantity}
                for color, quantity in asked.items()
            ],
            client_id=client.id,
            ex_factory_date=_today() + timedelta(days=days),
        )
        wanted = ", ".join(f"{quantity} {color}" for color, quantity in asked.items())
        step.end(f"enters {order.order_number} of {client.name}, gift boxes: {wanted}")
    return list(sales.order_items.find(order_id=order.id, order="line_number"))


def choose(on: Scene, tell: Narrator, line: OrderItem) -> None:
    """Take the bill of materials that is recommended first."""
    planner = on.staff("planner").oms
    with tell.step("Planner") as step:
        ranked = sorted(planner.recommend_bom_templates(line.id), key=lambda one: one.rank)
        planner.choose_bom(line.id, ranked[0].bom_template_id)
        step.end(f"chooses {ranked[0].name} for line {line.line_number}")
    _show(
        tell,
        {
            "rank": "rank",
            "bill of materials": "name",
            "score": "score",
            "there": "available_count",
            "of": "component_count",
            "a piece costs": "unit_cost",
        },
        ranked,
    )


def produce(on: Scene, tell: Narrator, *lines: OrderItem) -> dict[UUID, ProductionOrder]:
    """Make production orders; what is short puts them on hold."""
    planner = on.staff("planner").oms
    with tell.step("Planner") as step:
        made = planner.create_production_orders([line.id for line in lines])
        step.end(
            "makes " + ", ".join(f"{one.production_number} ({_words(one.status)})" for one in made)
        )
    return {one.order_item_id: one for one in made if one.order_item_id}


def check_stock(on: Scene, tell: Narrator, order: ProductionOrder) -> None:
    """Show which components of a production order are there."""
    with tell.step("Production") as step:
        needs = on.staff("production").oms.component_availability.find(
            production_order_id=order.id, order="sku"
        )
        found = list(needs)
        short = sum(bool(one.short_qty) for one in found)
        step.end(f"checks {order.production_number} against stock: {short} components are short")
    _show(
        tell,
        {
            "component": "sku",
            "required": "required_qty",
            "unit": "unit",
            "on hand": "on_hand",
            "short": "short_qty",
            "is": "availability",
        },
        found,
    )


def plan(on: Scene, tell: Narrator) -> None:
    """Plan what to buy, and explain one of the purchases."""
    planner = on.staff("planner").oms
    with tell.step("Planner") as step:
        run = planner.plan_supply()
        step.end(f"plans {run.planned_count} supplies for {run.demand_count} demands")
    planned = list(planner.planned_supplies.find(kind=SupplyMethod.BUY, order="need_by"))
    skus = {variant_id: sku for sku, variant_id in _variants(on).items()}
    tell.show(
        ("buy", "short", "quantity", "unit", "order by", "need by", "days late", "price"),
        [
            (
                skus[one.product_variant_id],
                one.net_qty,
                one.purchase_qty,
                one.purchase_unit,
                one.order_by,
                one.need_by,
                one.late_days,
                one.unit_price,
            )
            for one in planned
        ],
    )
    carton = next(one for one in planned if skus[one.product_variant_id] == COMPONENTS[0].sku)
    for reason in planner.explain_supply(carton.id):
        tell.aside(reason.sentence)
    with tell.step("Planner") as step:
        again = planner.plan_supply()
        changes = again.added_count + again.changed_count + again.removed_count
        step.end(f"plans once more: {changes} changes")


def buy(on: Scene, tell: Narrator) -> None:
    """Submit the drafts, have the dear ones approved, send them all."""
    buyer, finance = on.staff("procurement").oms, on.staff("finance").oms
    for draft in _orders(on, PurchaseOrderStatus.DRAFT):
        with tell.step("Procurement") as step:
            submitted = buyer.submit_purchase_order(draft.id)
            step.end(f"submits {_called(on, draft)}: {draft.total:,.2f} {draft.currency}")
        if submitted.status == PurchaseOrderStatus.SUBMITTED:
            post.wait(on, tell)  # it is asked by mail, unless it has decided by then
            with tell.step("Finance") as step:
                finance.approve_purchase_order(draft.id)
                step.end(f"approves it: from {APPROVED_BY_FINANCE_FROM} on somebody else has to")
        buyer.send_purchase_order(draft.id)


def acknowledge(on: Scene, tell: Narrator) -> None:
    """Let each vendor confirm what it sees: what takes it longer than that comes later."""
    takes = {one.sku: one.lead_time_days for one in COMPONENTS}
    for code, name in VENDORS.items():
        vendor = on.vendor(code).oms
        for order in [*vendor.purchase_orders.find(status=PurchaseOrderStatus.SENT)]:
            with tell.step(name) as step:
                lines = list(vendor.purchase_order_lines.find(purchase_order_id=order.id))
                confirmed: list[AcknowledgedLine] = [
                    {
                        "purchase_order_line_id": line.id,
                        "confirmed_qty": line.quantity,
                        "promised_date": _promised(line, takes[line.sku]),
                    }
                    for line in lines
                ]
                vendor.acknowledge_purchase_order(order.id, f"{code}-1", confirmed)
                late = [
                    line.sku for line in lines if _promised(line, takes[line.sku]) > line.need_by
                ]
                step.end(f"confirms {order.po_number}; late with {', '.join(late) or 'nothing'}")
    _tell(tell, workflow_sections(on.staff("planner").oms, ROWS)[1:2])


def _promised(line: PurchaseOrderLine, days: int) -> date:
    late = timedelta(days=LATE_BY_DAYS if line.sku == LATE else 0)
    return max(line.need_by, _today() + timedelta(days=days)) + late


def receive(on: Scene, tell: Narrator, waiting: ProductionOrder) -> None:
    """Take in half of the cartons, then what is missing: the order goes on by itself."""
    warehouse, planner = on.staff("warehouse").oms, on.staff("planner").oms
    wanted = {_variants(on)[sku] for sku in PAPER}
    lines = [
        line for line in warehouse.purchase_order_lines.find() if line.product_variant_id in wanted
    ]
    (carton,) = (line for line in lines if line.sku == COMPONENTS[0].sku)
    half = carton.quantity // 2
    with tell.step("Warehouse") as step:
        warehouse.receive_goods(carton.purchase_order_id, [_came(carton, half)])
        step.end(f"takes in {half:,.0f} of {carton.quantity:,.0f} {carton.sku}, a part")
    tell.aside(
        f"{waiting.production_number} is {_state(planner.production_orders.get(waiting.id))}"
    )
    with tell.step("Warehouse") as step:
        for order_id in {line.purchase_order_id for line in lines}:
            rest = [
                _came(line, line.open_qty - (half if line is carton else 0))
                for line in lines
                if line.purchase_order_id == order_id
            ]
            warehouse.receive_goods(order_id, rest)
        step.end("takes in the rest of what goes into the boxes")
    tell.aside(
        f"{waiting.production_number} is {_state(planner.production_orders.get(waiting.id))}"
    )


def finish(on: Scene, tell: Narrator, order: ProductionOrder) -> None:
    """Issue the components and pack the boxes."""
    production = on.staff("production").oms
    with tell.step("Production") as step:
        issued = production.issue_components(order.id)
        step.end(f"is issued what was reserved for {order.production_number}: {len(issued)} moves")
    for quantity in (FIRST_OUTPUT, BOXES - FIRST_OUTPUT):
        with tell.step("Production") as step:
            output = production.report_output(order.id, quantity)
            step.end(f"packs {quantity} boxes, at {output.unit_cost or 0:,.2f} USD each")
    tell.aside(f"{order.production_number} is {_state(production.production_orders.get(order.id))}")


def report(on: Scene, tell: Narrator) -> None:
    """Show where things stand, as tables and as a picture."""
    planner = on.staff("planner").oms
    _tell(tell, workflow_sections(planner, ROWS))
    _tell(tell, bottleneck_sections(planner, ROWS))
    drawing = on.project.state / "workflow.png"
    with tell.step("Planner") as step:
        drawing.write_bytes(picture(planner))
        step.end(f"draws the workflow: {on.project.shown(drawing)}")


def _tell(tell: Narrator, sections: Iterable[Section]) -> None:
    for section in sections:
        tell.say(section.title, style="bold")
        if section.rows:
            tell.show([*section.columns], section.cells())
        else:
            tell.say("Nothing.", style="dim")


def _show(tell: Narrator, columns: Mapping[str, str], rows: Iterable[Row]) -> None:
    tell.show([*columns], Section("", "", columns, [*rows]).cells())


def _sku(color: str) -> str:
    return f"{STYLE}-{color[:3].upper()}"


def _style(on: Scene) -> UUID:
    (style,) = on.staff("planner").oms.styles.find(style_number=STYLE)
    return style.id


def _variants(on: Scene) -> dict[str, UUID]:
    ours = (_sku(BOX), _sku(TIN), *(one.sku for one in COMPONENTS))
    found = on.staff("planner").oms.product_variants.find(sku=one_of(*ours))
    return {one.sku: one.id for one in found}


def _orders(on: Scene, status: PurchaseOrderStatus) -> list[PurchaseOrder]:
    return list(on.staff("procurement").oms.purchase_orders.find(status=status, order="po_number"))


def _called(on: Scene, order: PurchaseOrder) -> str:
    return f"{order.po_number} of {on.staff('procurement').oms.directory.get(order.vendor_id).name}"


def _came(line: PurchaseOrderLine, quantity: Decimal) -> ReceivedLine:
    return {"purchase_order_line_id": line.id, "received_qty": quantity}


def _state(order: ProductionOrder) -> str:
    return _words(order.status)


def _words(status: object) -> str:
    return str(getattr(status, "value", status)).replace("_", " ")


def _today() -> date:
    return datetime.now(UTC).date()
