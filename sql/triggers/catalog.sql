create trigger _100_touch_row before update on ops.styles
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.colorways
for each row execute function private.tg__touch_row();
create trigger _100_touch_row before update on ops.colorway_references
for each row execute function private.tg__touch_row();
