drop table journal.command;
drop table journal.claim;
drop table journal.wake;
drop table journal.grain;
