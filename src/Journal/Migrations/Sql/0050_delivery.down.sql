alter table journal.cursor reset (fillfactor);
drop table journal.dead_letter;
