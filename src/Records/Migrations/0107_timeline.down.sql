drop table public.timeline_subject;
drop table public.alert_operation_log;
drop table public.timeline_events;
