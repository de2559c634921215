-- What a silo tells about itself for people to look at. As json, which keeps the text, so that the bound is that of the writer.
alter table journal.silo
    add column report json check (octet_length(report::text) <= 16384),
    add column reported_at timestamptz,
    add constraint ck_silo_reported_at check ((report is null) = (reported_at is null));

comment on column journal.silo.report is 'Grains in memory, busy grains and busy partitions, as the silo last told; nothing is decided by it.';
comment on column journal.silo.reported_at is 'When it told so; before started_at it was an earlier incarnation.';
