-- A month that the default partition holds events of stays there, and no longer keeps the others from being made. That it does is told by
-- the attempt itself: the log's forced row-level security hides its rows from the owner too, so looking for them finds none.
create or replace function journal.ensure_event_partitions(months_ahead integer) returns integer
    language plpgsql security definer
    set search_path = pg_catalog
    set timezone = 'UTC'
as $$
declare
    first_month constant timestamptz := date_trunc('month', clock_timestamp());
    month timestamptz;
    name text;
    made integer := 0;
begin
    if months_ahead not between 0 and 120 then
        raise exception using errcode = 'invalid_parameter_value', message = 'months_ahead must be between 0 and 120';
    end if;
    perform pg_advisory_xact_lock(hashtext('awooop: event partitions'));
    for ahead in 0..months_ahead loop
        month := first_month + make_interval(months => ahead);
        name := to_char(month, '"event_y"YYYY"m"MM');
        continue when to_regclass(format('journal.%I', name)) is not null;
        begin
            -- Made apart and attached: creating it as a partition would lock the whole log against writers.
            execute format('create table journal.%I (like journal.event including defaults including constraints)', name);
            execute format('alter table journal.%I enable row level security', name);
            execute format('alter table journal.%I force row level security', name);
            execute format('create trigger append_only_truncate before truncate on journal.%I '
                'for each statement execute function journal.refuse_change()', name);
            execute format('alter table journal.event attach partition journal.%I for values from (%L) to (%L)',
                name, month, month + interval '1 month');
            made := made + 1;
        exception when check_violation then
            raise debug 'the default partition holds events of %', name;
        end;
    end loop;
    return made;
end $$;
