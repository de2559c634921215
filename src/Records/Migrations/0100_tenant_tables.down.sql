drop type public.alert_event_type;
drop type public.run_status;
drop type public.approval_status;
drop type public.risk_level;
drop type public.incident_severity;
drop type public.incident_status;
drop function public.make_insert_only(regclass);
drop function public.protect_tenant_table(regclass, text);
