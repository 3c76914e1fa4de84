-- declared in sql/triggers/catalog.sql
create trigger _100_touch_row before update on ops.styles
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.colorways
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.colorway_references
for each row execute function private.tg__touch_row();

create trigger _300_guard_unique before insert or update of style_number on ops.styles
for each row execute function private.tg__guard_unique('style_number');
create trigger _200_require_style before insert on ops.colorways
for each row execute function private.tg__require_parent('styles', 'style_id');
create trigger _300_guard_unique before insert or update of marketing_name on ops.colorways
for each row execute function private.tg__guard_unique('style_id', 'marketing_name');
create trigger _200_require_style before insert on ops.tech_packs
for each row execute function private.tg__require_parent('styles', 'style_id');
create trigger _200_require_colorway before insert on ops.tech_packs
for each row execute function private.tg__require_parent('colorways', 'colorway_id');
create trigger _300_guard_unique before insert on ops.tech_packs
for each row execute function private.tg__guard_unique('style_id', 'colorway_id', 'version');
