comment on table public.audit_logs is 'One row after each operation that a run executed on its target, and one for a run that its dry run held back.';
comment on column public.audit_logs.executed_by is 'Whose vote released the run; the worker where no vote was needed';
comment on column public.audit_logs.dry_run_passed is 'Validation before execution; false: nothing was executed';
comment on column public.audit_logs.dry_run_message is 'The first check that failed';
comment on column public.audit_logs.authorization_channel is 'web = over the API (console, command line), telegram, or auto = no vote was needed';
comment on column public.audit_logs.failure_classification is 'TIMEOUT, K8S_ERROR, NETWORK_ERROR or PERMISSION_DENIED; null where the error tells none of them';
comment on column public.remediation_events.status is
    'pending, success, failed or rolled_back; dry_run_ok of a shadow run, dry_run_failed of any run that its dry run held back';
comment on column public.run_state.outcome is
    'approved_by, authorization_channel, verified, rolled_back, message, reason, by, duration_ms, dry_run';
