-- declared in sql/tables/timeline.sql
create table ops.holidays (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  holiday_date    ops.business_date not null,
  name            ops.short_text not null,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),

  constraint holidays_pkey primary key (organization_id, id),
  constraint holidays_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete cascade,
  constraint holidays_holiday_date_key unique (organization_id, holiday_date),
  constraint holidays_name_check check (name <> '')
);
comment on table ops.holidays is
  'Days on which nobody works, besides the weekend (organization_settings.working_days). Forecasts follow a change; what is planned stays until it is planned anew.';

create table ops.timeline_templates (
  organization_id uuid not null default private.organization_id(),
  id              uuid not null default private.new_id(),
  name            ops.short_text not null,
  is_default      boolean not null default false,
  created_at      timestamptz not null default now(),
  created_by      uuid not null default private.actor_id(),
  updated_at      timestamptz not null default now(),
  row_version     integer not null default 1,

  constraint timeline_templates_pkey primary key (organization_id, id),
  constraint timeline_templates_organization_fkey foreign key (organization_id)
    references ops.organizations (id) on delete restrict,
  constraint timeline_templates_name_key unique (organization_id, name),
  constraint timeline_templates_name_check check (name <> '')
);
create unique index timeline_templates_default_key on ops.timeline_templates (organization_id) where is_default;
comment on table ops.timeline_templates is
  'A time and action calendar: the milestones that are planned for an order line, counted from ex-factory.';
comment on column ops.timeline_templates.is_default is 'The one that a line is planned by when it is first allocated; take it from one before another is made it.';

create table ops.timeline_template_nodes (
  organization_id      uuid not null default private.organization_id(),
  id                   uuid not null default private.new_id(),
  timeline_template_id uuid not null,
  code                 ops.short_text not null,
  name                 ops.short_text not null,
  kind                 ops.timeline_node_kind not null default 'custom',
  position             integer not null,
  offset_days          integer not null,
  duration_days        integer not null default 0,
  is_working_days      boolean not null default true,
  predecessors         text[] not null default '{}',
  completed_by         ops.timeline_fact,
  owner_role           ops.member_role,
  is_for_client        boolean not null default false,
  is_per_slice         boolean not null default false,
  created_at           timestamptz not null default now(),
  created_by           uuid not null default private.actor_id(),
  updated_at           timestamptz not null default now(),
  row_version          integer not null default 1,

  constraint timeline_template_nodes_pkey primary key (organization_id, id),
  constraint timeline_template_nodes_template_fkey foreign key (organization_id, timeline_template_id)
    references ops.timeline_templates (organization_id, id) on delete cascade,
  constraint timeline_template_nodes_code_key unique (organization_id, timeline_template_id, code),
  constraint timeline_template_nodes_code_check check (code ~ '^[a-z][a-z0-9_]*$'),
  constraint timeline_template_nodes_name_check check (name <> ''),
  constraint timeline_template_nodes_kind_check check (kind not in ('root', 'split')),
  constraint timeline_template_nodes_days_check check (
    offset_days between -1000 and 1000 and duration_days between 0 and 1000 and position > 0
  ),
  constraint timeline_template_nodes_audience_check check (not (is_for_client and is_per_slice))
);
comment on table ops.timeline_template_nodes is 'A milestone of a template.';
comment on column ops.timeline_template_nodes.code is 'Small letters, digits and _; by it a milestone is found again when a line is planned anew.';
comment on column ops.timeline_template_nodes.position is 'Place among its siblings. A predecessor has a lower one.';
comment on column ops.timeline_template_nodes.offset_days is 'Days from ex-factory: -20 is 20 days before.';
comment on column ops.timeline_template_nodes.duration_days is 'Days that it takes once its last predecessor is done.';
comment on column ops.timeline_template_nodes.is_working_days is 'Whether offset and duration count working days; otherwise days of the calendar, as a ship does.';
comment on column ops.timeline_template_nodes.predecessors is 'Codes of the milestones that are done before this one begins.';
comment on column ops.timeline_template_nodes.completed_by is 'The fact that sets its actual date; null: people do.';
comment on column ops.timeline_template_nodes.owner_role is 'Who sees to it.';
comment on column ops.timeline_template_nodes.is_for_client is 'Whether the order''s client sees it. What is planned for each factory is not for the client: it could count factories.';
comment on column ops.timeline_template_nodes.is_per_slice is 'Planned below the split of each awarded slice, from that factory''s ex-factory date; otherwise once a line.';

create table ops.timeline_nodes (
  organization_id             uuid not null default private.organization_id(),
  id                          uuid not null default private.new_id(),
  root_id                     uuid not null,
  parent_id                   uuid,
  order_id                    uuid,
  order_item_id               uuid,
  allocation_item_supplier_id uuid,
  client_id                   uuid,
  factory_id                  uuid,
  kind                        ops.timeline_node_kind not null default 'custom',
  code                        ops.short_text,
  name                        ops.short_text not null,
  position                    integer not null default 500,
  planned_date                ops.business_date,
  estimated_date              ops.business_date,
  forecast_date               ops.business_date,
  actual_date                 ops.business_date,
  completed_by                ops.timeline_fact,
  owner_role                  ops.member_role,
  is_for_client               boolean not null default false,
  is_cancelled                boolean not null default false,
  -- A generated column cannot name another, so the condition is spelt out in each.
  days_late                   integer not null generated always as (
    case when is_cancelled then 0 else greatest(forecast_date - planned_date, 0) end
  ) stored,
  is_late                     boolean not null generated always as (
    not is_cancelled and coalesce(forecast_date > planned_date, false)
  ) stored,
  created_at                  timestamptz not null default now(),
  created_by                  uuid not null default private.actor_id(),
  updated_at                  timestamptz not null default now(),
  row_version                 integer not null default 1,

  constraint timeline_nodes_pkey primary key (organization_id, id),
  constraint timeline_nodes_parent_fkey foreign key (organization_id, parent_id)
    references ops.timeline_nodes (organization_id, id) on delete cascade,
  constraint timeline_nodes_code_key unique (organization_id, parent_id, code),
  constraint timeline_nodes_order_item_fkey foreign key (organization_id, order_item_id)
    references ops.order_items (organization_id, id) on delete cascade,
  constraint timeline_nodes_slice_fkey foreign key (organization_id, allocation_item_supplier_id)
    references ops.allocation_items_supplier (organization_id, id) on delete restrict,
  constraint timeline_nodes_name_check check (name <> ''),
  constraint timeline_nodes_position_check check (position > 0),
  constraint timeline_nodes_branch_check check (
    case kind
      when 'root'
        then
          id = root_id and parent_id is null and num_nulls(order_id, order_item_id, client_id) = 0
          and num_nonnulls(allocation_item_supplier_id, factory_id, code) = 0
      when 'split'
        then
          parent_id = root_id and num_nulls(allocation_item_supplier_id, factory_id) = 0
          and num_nonnulls(order_id, order_item_id, client_id, code) = 0
      else
        parent_id is not null and (parent_id = root_id) = (factory_id is null)
        and num_nonnulls(order_id, order_item_id, allocation_item_supplier_id) = 0
    end
  ),
  constraint timeline_nodes_dates_check check (
    case
      when kind in ('root', 'split') then num_nonnulls(planned_date, estimated_date, forecast_date, actual_date) = 0
      else num_nulls(planned_date, forecast_date) = 0
    end
  ),
  -- For one portal at most: nobody reads of another one in it.
  constraint timeline_nodes_audience_check check (
    is_for_client = (client_id is not null) and num_nonnulls(client_id, factory_id) < 2
  )
)
with (fillfactor = 80);  -- room to forecast without writing an index
-- Partial, so that a milestone is in neither.
create unique index timeline_nodes_order_item_key on ops.timeline_nodes (organization_id, order_item_id)
where order_item_id is not null;
create unique index timeline_nodes_slice_key on ops.timeline_nodes (organization_id, allocation_item_supplier_id)
where allocation_item_supplier_id is not null;
create index timeline_nodes_root_idx on ops.timeline_nodes (organization_id, root_id);
create index timeline_nodes_order_idx on ops.timeline_nodes (organization_id, order_id) where order_id is not null;
create index timeline_nodes_client_idx on ops.timeline_nodes (organization_id, client_id, id)
where client_id is not null;
create index timeline_nodes_factory_idx on ops.timeline_nodes (organization_id, factory_id, id)
where factory_id is not null;
create index timeline_nodes_late_idx on ops.timeline_nodes (organization_id, id) where is_late;
create index timeline_nodes_due_idx on ops.timeline_nodes (organization_id, forecast_date)
where actual_date is null and not is_cancelled and forecast_date is not null;
alter table ops.timeline_nodes alter column organization_id set (n_distinct = 1);

comment on table ops.timeline_nodes is
  'The canonical timeline: a root for each order line, milestones below it, and a split for each awarded slice with milestones of its own. ops.timeline shows it as a tree.';
comment on column ops.timeline_nodes.root_id is 'The root of its tree; by default its parent''s.';
comment on column ops.timeline_nodes.parent_id is 'The root or a split.';
comment on column ops.timeline_nodes.order_id is 'Of a root: the order. Below it stands nothing that a factory may not read.';
comment on column ops.timeline_nodes.order_item_id is 'Of a root: its line.';
comment on column ops.timeline_nodes.allocation_item_supplier_id is 'Of a split: its slice.';
comment on column ops.timeline_nodes.client_id is 'The order''s client, where the node is for it.';
comment on column ops.timeline_nodes.factory_id is 'The factory of a split and of what is below it.';
comment on column ops.timeline_nodes.code is 'Which milestone of the template it is; null: added by hand.';
comment on column ops.timeline_nodes.position is 'Place among its siblings; of a root, the line number.';
comment on column ops.timeline_nodes.planned_date is 'The plan that lateness is measured against.';
comment on column ops.timeline_nodes.estimated_date is 'When whoever sees to it now expects it, instead of the plan.';
comment on column ops.timeline_nodes.forecast_date is 'The actual date; without one the latest of the estimate, or else the plan, and what each predecessor''s forecast leaves time for. Kept by trigger; by default the plan.';
comment on column ops.timeline_nodes.completed_by is 'The fact that sets and takes back its actual date. Of a milestone of the line: once it is so of all its standing slices, and they cover the line.';
comment on column ops.timeline_nodes.is_cancelled is 'Its line is cancelled, or its slice is closed at zero or no longer awarded.';
comment on column ops.timeline_nodes.days_late is 'Days of the calendar by which the forecast is beyond the plan.';
comment on column ops.timeline_nodes.is_late is 'days_late > 0. Give is_late=eq.true (is.true will not do): an index finds them.';

create table ops.timeline_plans (
  organization_id      uuid not null,
  id                   uuid not null,
  timeline_template_id uuid not null,
  ex_factory_date      ops.business_date not null,
  created_at           timestamptz not null default now(),
  created_by           uuid not null default private.actor_id(),
  updated_at           timestamptz not null default now(),
  row_version          integer not null default 1,

  constraint timeline_plans_pkey primary key (organization_id, id),
  constraint timeline_plans_root_fkey foreign key (organization_id, id)
    references ops.timeline_nodes (organization_id, id) on delete cascade,
  constraint timeline_plans_template_fkey foreign key (organization_id, timeline_template_id)
    references ops.timeline_templates (organization_id, id) on delete restrict
);
create index timeline_plans_template_idx on ops.timeline_plans (organization_id, timeline_template_id);
comment on table ops.timeline_plans is 'By what a line''s timeline was last planned; the milestones of later awards are planned by it too.';
comment on column ops.timeline_plans.id is 'The root.';
comment on column ops.timeline_plans.ex_factory_date is 'What offsets were counted from; those of a slice from its factory''s own date, where it gave one.';

create table ops.timeline_dependencies (
  organization_id  uuid not null default private.organization_id(),
  id               uuid not null default private.new_id(),
  root_id          uuid not null,
  timeline_node_id uuid not null,
  predecessor_id   uuid not null,
  lag_days         integer not null default 0,
  is_working_days  boolean not null default true,
  created_at       timestamptz not null default now(),
  created_by       uuid not null default private.actor_id(),
  updated_at       timestamptz not null default now(),
  row_version      integer not null default 1,

  constraint timeline_dependencies_pkey primary key (organization_id, id),
  constraint timeline_dependencies_node_fkey foreign key (organization_id, timeline_node_id)
    references ops.timeline_nodes (organization_id, id) on delete cascade,
  constraint timeline_dependencies_predecessor_fkey foreign key (organization_id, predecessor_id)
    references ops.timeline_nodes (organization_id, id) on delete cascade,
  constraint timeline_dependencies_node_key unique (organization_id, timeline_node_id, predecessor_id),
  constraint timeline_dependencies_lag_check check (lag_days between 0 and 1000),
  constraint timeline_dependencies_self_check check (timeline_node_id <> predecessor_id)
);
create index timeline_dependencies_predecessor_idx on ops.timeline_dependencies (organization_id, predecessor_id);
create index timeline_dependencies_root_idx on ops.timeline_dependencies (organization_id, root_id);
alter table ops.timeline_dependencies alter column organization_id set (n_distinct = 1);

comment on table ops.timeline_dependencies is 'A milestone that another one of the same line waits for. Never in a circle.';
comment on column ops.timeline_dependencies.root_id is 'The tree of both; by default the node''s.';
comment on column ops.timeline_dependencies.predecessor_id is 'What is done first. Two keys join the two tables: embed timeline_nodes!timeline_dependencies_predecessor_fkey.';
comment on column ops.timeline_dependencies.lag_days is 'Days from the one to the other at least.';

create table ops.timeline_events (
  organization_id  uuid not null default private.organization_id(),
  id               uuid not null default private.new_id(),
  timeline_node_id uuid not null,
  client_id        uuid,
  factory_id       uuid,
  message          ops.long_text not null,
  happened_on      ops.business_date not null default current_date,
  is_internal      boolean not null default true,
  created_at       timestamptz not null default now(),
  created_by       uuid not null default private.actor_id(),

  constraint timeline_events_pkey primary key (organization_id, id),
  constraint timeline_events_node_fkey foreign key (organization_id, timeline_node_id)
    references ops.timeline_nodes (organization_id, id) on delete cascade,
  constraint timeline_events_message_check check (message <> ''),
  constraint timeline_events_audience_check check (not is_internal or num_nonnulls(client_id, factory_id) = 0)
);
create index timeline_events_node_idx on ops.timeline_events (organization_id, timeline_node_id, id);
create index timeline_events_client_idx on ops.timeline_events (organization_id, client_id, id);
create index timeline_events_factory_idx on ops.timeline_events (organization_id, factory_id, id);
comment on table ops.timeline_events is 'What happened about a node, and who said so. Changes of its dates are written here by themselves.';
comment on column ops.timeline_events.is_internal is 'False: the client or the factory that sees the node reads it.';
comment on column ops.timeline_events.client_id is 'The node''s client, unless it is internal.';
comment on column ops.timeline_events.factory_id is 'The node''s factory, unless it is internal.';

create table ops.timeline_delays (
  organization_id uuid not null,
  id              uuid not null,
  cause_id        uuid not null,
  client_id       uuid,
  factory_id      uuid,

  constraint timeline_delays_pkey primary key (organization_id, id),
  constraint timeline_delays_node_fkey foreign key (organization_id, id)
    references ops.timeline_nodes (organization_id, id) on delete cascade,
  constraint timeline_delays_cause_fkey foreign key (organization_id, cause_id)
    references ops.timeline_nodes (organization_id, id) on delete cascade
);
create index timeline_delays_cause_idx on ops.timeline_delays (organization_id, cause_id);
create index timeline_delays_client_idx on ops.timeline_delays (organization_id, client_id, id)
where client_id is not null;
create index timeline_delays_factory_idx on ops.timeline_delays (organization_id, factory_id, id)
where factory_id is not null;
alter table ops.timeline_delays alter column organization_id set (n_distinct = 1);

comment on table ops.timeline_delays is
  'Why a late node is late. A table of its own, because whoever sees the node may not see the cause. Kept by trigger.';
comment on column ops.timeline_delays.id is 'The late node.';
comment on column ops.timeline_delays.cause_id is 'The first node along its predecessors that is late by itself.';
comment on column ops.timeline_delays.client_id is 'The client, where both are for it.';
comment on column ops.timeline_delays.factory_id is 'The factory, where both are its own.';
