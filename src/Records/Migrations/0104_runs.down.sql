drop table public.remediation_events;
drop table public.auto_repair_executions;
drop table public.audit_logs;
drop table public.step_journal;
drop table public.run_state;
