drop schema if exists records_cut cascade;
delete from journal.untenanted where table_name in ('journal.log_cut', 'journal.log_cut_position');
drop table journal.log_cut_position;
drop table journal.log_cut;
