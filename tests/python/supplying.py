"""Things that planning plans: bought and made, wanted by reorder rules, each of them its own."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from builders import Row, World, as_uuid


@dataclass(frozen=True)
class Item:
    """A variant that is kept in stock."""

    id: UUID
    sku: str
    rule: UUID


class Shop:
    """What an organization of the fixtures keeps, and buys or makes when there is less of it."""

    def __init__(self, world: World) -> None:
        self.world = world
        [here] = world.run("planner", "select id from ops.warehouses where code = 'MAIN'")
        self.warehouse = as_uuid(here["id"])

    def bought(self, target: int = 100, *, price: int | None = 2, lead: int = 0) -> Item:
        """Keep so much of something that is bought; without a price nobody sells it."""
        item = self._kept("buy", target)
        if price is not None:
            self.offer(item, price, lead=lead)
        return item

    def made(self, component: Item, target: int = 100) -> Item:
        """Keep so much of something that is made, of two components each."""
        item = self._kept("make", target)
        world = self.world
        template = world.insert(
            "production",
            "bom_templates",
            product_id=world.look("product_variants", item.id)["product_id"],
            code=item.sku,
            name=item.sku,
            is_default=True,
        )
        version = world.insert("production", "bom_versions", bom_template_id=template)
        world.insert(
            "production",
            "bom_lines",
            bom_version_id=version,
            product_variant_id=component.id,
            quantity=2,
        )
        world.run(
            "production",
            "update ops.bom_versions set status = 'active', valid_from = %s where id = %s",
            date(2026, 1, 1),
            version,
        )
        return item

    def offer(self, item: Item, price: int, *, lead: int = 0) -> None:
        """Have the vendor offer something at a price."""
        offer = self.world.insert(
            "procurement",
            "supplier_products",
            product_variant_id=item.id,
            vendor_id=self.world.party("vendor"),
            lead_time_days=lead,
        )
        self.world.insert(
            "procurement",
            "supplier_price_breaks",
            supplier_product_id=offer,
            from_qty=0,
            unit_price=price,
        )

    def want(self, item: Item, target: int) -> None:
        """Keep another quantity of something from now on."""
        self.world.run(
            "planner",
            "update ops.reorder_rules set minimum_qty = %s, target_qty = %s where id = %s",
            target,
            target,
            item.rule,
        )

    def planned(self, item: Item) -> list[Row]:
        """Return what is planned of something, firm or not."""
        return self.world.run(
            "planner",
            "select p.*, l.purchase_order_id from ops.planned_supplies as p"
            " left join ops.purchase_order_lines as l on l.id = p.purchase_order_line_id"
            " where p.product_variant_id = %s order by p.id",
            item.id,
        )

    def on_order(self, item: Item) -> object:
        """Return how much of something lies in stock or on purchase orders, drafts included."""
        [row] = self.world.run(
            "planner",
            "select ("
            "  select coalesce(sum(l.open_qty * l.stock_per_unit), 0)"
            "  from ops.purchase_order_lines as l where l.product_variant_id = v.id"
            ") + ("
            "  select coalesce(sum(s.on_hand), 0)"
            "  from ops.stock_levels as s where s.product_variant_id = v.id"
            ") as quantity from ops.product_variants as v where v.id = %s",
            item.id,
        )
        return row["quantity"]

    def sent(self, item: Item) -> Row:
        """Plan, submit and send the draft that something is on; return its line."""
        self.world.command("planner", "plan_supply")
        [planned] = self.planned(item)
        order = planned["purchase_order_id"]
        self.world.command("procurement", "submit_purchase_order", purchase_order_id=order)
        self.world.command("procurement", "send_purchase_order", purchase_order_id=order)
        return self.world.look("purchase_order_lines", as_uuid(planned["purchase_order_line_id"]))

    def clear_desk(self) -> None:
        """Submit every draft, so that planning has to open one."""
        for draft in self.world.run(
            "procurement",
            "select o.id from ops.purchase_orders as o where o.status = 'draft' and exists ("
            "  select from ops.purchase_order_lines as l where l.purchase_order_id = o.id)",
        ):
            self.world.command(
                "procurement", "submit_purchase_order", purchase_order_id=draft["id"]
            )
        self.world.run(
            "procurement",
            "update ops.purchase_orders set status = 'cancelled' where status = 'draft'",
        )

    def _kept(self, method: str, target: int) -> Item:
        sku = f"P-{uuid4().hex[:8]}"
        product = self.world.insert("production", "products", product_number=sku, name=sku)
        variant = self.world.insert(
            "production",
            "product_variants",
            sku=sku,
            product_id=product,
            supply_method=method,
        )
        rule = self.world.insert(
            "planner",
            "reorder_rules",
            product_variant_id=variant,
            warehouse_id=self.warehouse,
            minimum_qty=target,
            target_qty=target,
        )
        return Item(variant, sku, rule)
