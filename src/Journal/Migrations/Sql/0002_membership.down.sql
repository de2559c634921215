drop function journal.end_sessions(text);
drop table journal.cursor;
drop table journal.partition;
drop table journal.silo;
drop table journal.layout;
delete from journal.untenanted where table_name in ('journal.layout', 'journal.silo', 'journal.partition', 'journal.cursor');
