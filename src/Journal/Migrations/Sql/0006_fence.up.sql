-- The fence for transactions other than commits: those of delivery, which move cursors.
create function journal.require_alive(silo text, fence_key integer, silo_incarnation bigint) returns void
    language plpgsql volatile
    set search_path = pg_catalog
as $$
begin
    perform pg_advisory_xact_lock_shared(1096239951, fence_key);
    perform from journal.silo s where s.silo_id = silo and s.incarnation = silo_incarnation and s.state = 'alive';
    if not found then
        raise exception using errcode = 'JF001', message = 'this incarnation of the silo may no longer write';
    end if;
end $$;

comment on function journal.require_alive is
    'Fails with JF001 unless the incarnation is alive, and keeps it from being declared dead until the transaction ends.';

revoke all on function journal.require_alive from public;
grant execute on function journal.require_alive to awooop_engine;
