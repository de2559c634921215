-- Without the copies, rebuilds would begin with nothing where the log has been cut.
do $$
begin
    if exists (select from journal.log_cut) then
        raise exception using errcode = 'object_not_in_prerequisite_state', message = 'The log was cut: rebuilds need the copies in schema records_cut, and this migration stays.';
    end if;
end $$;

-- The copies that rebuilds begin with hang on the types of the record tables.
drop schema if exists records_cut cascade;
drop index public.ix_alert_operation_log_created_at, public.ix_auto_repair_executions_created_at, public.ix_run_state_updated_at, public.ix_alert_member_ended_at;
drop trigger inside_term on public.auto_repair_executions;
drop trigger inside_term on public.audit_logs;
drop trigger inside_term on public.timeline_events;
drop trigger inside_term on public.alert_operation_log;
drop trigger insert_only on public.auto_repair_executions;
drop trigger insert_only on public.audit_logs;
drop trigger insert_only on public.timeline_events;
drop trigger insert_only on public.alert_operation_log;
select public.make_insert_only(made.target::regclass)
from unnest(array['public.auto_repair_executions', 'public.audit_logs', 'public.timeline_events', 'public.alert_operation_log']) as made (target);
delete from journal.untenanted where table_name = 'retention.term';
drop schema retention cascade;
