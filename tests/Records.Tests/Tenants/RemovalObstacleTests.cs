namespace AwoooP.Records.Tests.Tenants;

/// <summary>What stands in the way of a removal, each by itself, and of the project that is asked for alone.</summary>
public sealed class RemovalObstacleTests : IAsyncLifetime
{
    private readonly RecordsDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Find_WithAnOpenLegalHold_NamesItUntilItIsReleased()
    {
        await ExecuteAsync(
            "insert into public.awooop_legal_hold (project_id, hold_id, scope, reason, placed_by, placed_at) "
            + "select p, gen_random_uuid(), 'project', 'The insurer asks.', 'ann', now() from unnest(array['shop', 'bank']) p");

        (await FindAsync("shop")).ShouldBe(["There are open legal holds: 1."]);

        await ExecuteAsync("update public.awooop_legal_hold set released_at = now(), released_by = 'ann' where project_id = 'shop'");
        (await FindAsync("shop")).ShouldBeEmpty();
        (await FindAsync("bank")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Find_WithRequestsThatAreNotWorkedOff_NamesThem()
    {
        await ExecuteAsync("insert into journal.intake (slot, partition, seq, items, received_at, project_id, kind, payload) select 0, 7, n, 1, now(), case when n = 3 then 'bank' else 'shop' end, 'alerts.v1', 'x' from generate_series(1, 3) n");
        await ExecuteAsync("insert into journal.cursor (consumer, partition, generation, seq) values ('intake:alerts.v1', 7, 1, 1)");

        (await FindAsync("shop")).ShouldHaveSingleItem().ShouldEndWith(": 1.");

        await ExecuteAsync("update journal.cursor set seq = 2");
        (await FindAsync("shop")).ShouldBeEmpty();
    }

    /// <summary>They were acknowledged, and their grains refuse them behind the fence. Those that were set aside before are no news.</summary>
    [Fact]
    public async Task Find_WithRequestsThatWereSetAsideBehindTheFence_NamesThem()
    {
        await ExecuteAsync("insert into journal.removed_project (id) values ('shop')");
        await ExecuteAsync(
            """
            insert into journal.intake_rejected (project_id, partition, seq, kind, reason, received_at, rejected_at, payload)
            select case when n = 3 then 'bank' else 'shop' end, 7, n, 'alerts.v1', 'odd', now(), clock_timestamp() + case when n = 1 then interval '-1 hour' else interval '0' end, 'x'
            from generate_series(1, 3) n
            """);

        (await FindAsync("shop")).ShouldHaveSingleItem().ShouldEndWith("since it was closed: 1.");
        (await FindAsync("bank")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_WithADeadLetterThatIsBeingDeliveredAgain_NamesItAndNoOther()
    {
        await ExecuteAsync(
            """
            insert into journal.dead_letter (project_id, consumer, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type, retry_requested_at)
            select 'shop', 'reaction', 1, 7, n, gen_random_uuid(), 'fault', 'thing', 'shop/one', 'thing', 'shop/one', 'noted', case when n = 1 then now() end from generate_series(1, 2) n
            """);

        (await FindAsync("shop")).ShouldHaveSingleItem().ShouldContain("dead letters");
    }

    [Fact]
    public async Task Find_AfterAStory_LooksAtRunsAndNotificationsThatAreUnderWayOnly()
    {
        await Projector.ApplyAsync(_database.App, Story.Tell("shop").Events);
        (await FindAsync("shop")).ShouldBeEmpty();

        await ExecuteAsync("update public.run_state set state = 'running' where project_id = 'shop' and run_id = (select run_id from public.run_state where project_id = 'shop' limit 1)");
        await ExecuteAsync("update public.notification_outcomes set delivery_status = 'pending' where project_id = 'shop'");

        var found = await FindAsync("shop");
        found.Count.ShouldBe(2);
        found[0].ShouldStartWith("There are runs under way: 1");
        (await FindAsync("bank")).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> FindAsync(string projectId)
    {
        await using var owner = await _database.Owner.EnterAsync(projectId);
        return await RemovalObstacles.FindAsync(owner, projectId, export: null, CancellationToken.None);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
