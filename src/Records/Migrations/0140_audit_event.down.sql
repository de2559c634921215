drop table public.awooop_audit_event;
