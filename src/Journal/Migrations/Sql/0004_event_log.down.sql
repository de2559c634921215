drop function journal.ensure_event_partitions(integer);
drop table journal.event;
drop function journal.refuse_change();
