-- What other silos and clients must know of a silo: its address stands already, now what it runs, and whether it is on its way out.
alter table journal.silo
    add column version text not null default '' check (length(version) <= 128),
    add column leaving boolean not null default false,
    add constraint ck_silo_address check (address <> '' and length(address) <= 255);

comment on column journal.silo.address is 'host:port of the endpoint for other silos and clients; null for a silo that takes no calls from them.';
comment on column journal.silo.version is 'The build that the silo runs.';
comment on column journal.silo.leaving is 'It hands its partitions over and takes none: the others place without it.';
