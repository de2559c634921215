comment on table public.audit_logs is 'One row after each operation that a run executed on its target.';
comment on column public.audit_logs.executed_by is 'Who triggered the execution';
comment on column public.audit_logs.dry_run_passed is 'Validation before execution';
comment on column public.audit_logs.dry_run_message is null;
comment on column public.audit_logs.authorization_channel is 'web, telegram or auto';
comment on column public.audit_logs.failure_classification is 'TIMEOUT, K8S_ERROR, NETWORK_ERROR or PERMISSION_DENIED';
comment on column public.remediation_events.status is 'pending, success, failed or rolled_back; dry_run_ok, dry_run_failed for shadow runs';
comment on column public.run_state.outcome is 'verified, rolled_back, message, reason, duration_ms';
