drop table journal.intake_rejected;
drop table journal.intake;
