alter table journal.silo drop column report, drop column reported_at;
