-- Without the copies, rebuilds would begin with nothing where the log has been cut.
do $$
begin
    if exists (select from journal.log_cut) then
        raise exception using errcode = 'object_not_in_prerequisite_state', message = 'The log was cut: rebuilds need the copies in schema records_cut, and this migration stays.';
    end if;
end $$;

drop schema if exists records_cut cascade;
delete from journal.untenanted where table_name in ('journal.log_cut', 'journal.log_cut_position');
drop table journal.log_cut_position;
drop table journal.log_cut;
