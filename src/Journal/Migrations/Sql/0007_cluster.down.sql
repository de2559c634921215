alter table journal.silo drop constraint ck_silo_address, drop column leaving, drop column version;
comment on column journal.silo.address is null;
