alter table public.alert_member reset (fillfactor);
