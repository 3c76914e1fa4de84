-- declared in sql/rls/reporting.sql
grant select on
ops.production_blockers,
ops.production_outlook,
ops.workflow,
ops.workflow_summary,
ops.workflow_alerts,
ops.stage_dwell_times,
ops.component_blockers,
ops.stock_outs,
ops.lead_times,
ops.planning_accuracy,
ops.planning_accuracy_by_product,
ops.purchase_accuracy,
ops.purchase_accuracy_by_vendor
to oms_staff;

grant update (acknowledgement_days) on ops.organization_settings to oms_admin;
