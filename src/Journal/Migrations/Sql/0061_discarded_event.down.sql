drop table journal.discarded_event;
