using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Tenants;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Journal.Tests.Delivery;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Tenants;

/// <summary>A project that is taken out of a journal which goes on: nothing of it is written again, and the others do not notice.</summary>
public sealed class RemovedProjectTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly string Manifest = new('a', 64);

    private JournalHost _host = null!;

    private IJournal Journal => _host.Journal;

    public async Task InitializeAsync() => _host = await JournalHost.StartAsync(postgres.Endpoints);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Commit_OfAProjectBehindTheFence_IsToldSo()
    {
        var known = Some.Id("known", "fenced");
        (await CommitAsync(Some.Commit(known, 0))).Status.ShouldBe(CommitStatus.Committed);

        await using (var removal = await OpenAsync("fenced"))
            await removal.FenceAsync(Limit, default);

        (await CommitAsync(Some.Commit(known, 1))).Status.ShouldBe(CommitStatus.ProjectRemoved);
        (await CommitAsync(Some.Commit(Some.Id("new", "fenced"), 0))).Status.ShouldBe(CommitStatus.ProjectRemoved);
        (await CountAsync("select count(*) from journal.event where project_id = 'fenced'")).ShouldBe(1);
    }

    [Fact]
    public async Task Commits_InOneBatchWithARemovedProject_AreWrittenWithoutIt()
    {
        await using (var removal = await OpenAsync("left"))
            await removal.FenceAsync(Limit, default);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 120).Select(
            number => CommitAsync(Some.Commit(Some.Id($"batch-{number}", number % 3 == 0 ? "left" : "stays"), 0)).AsTask()));

        for (var number = 0; number < outcomes.Length; number++)
            outcomes[number].Status.ShouldBe(number % 3 == 0 ? CommitStatus.ProjectRemoved : CommitStatus.Committed);
        (await CountAsync("select count(*) from journal.event where project_id = 'left'")).ShouldBe(0);
        foreach (var partition in outcomes.Where(static outcome => outcome.Status == CommitStatus.Committed).Select(static outcome => outcome.Position).GroupBy(static position => position.Partition))
        {
            var numbers = partition.Select(static position => position.Seq).Order().ToList();
            numbers.ShouldBe(Enumerable.Range(0, numbers.Count).Select(number => numbers[0] + number), "a refused commit must leave no gap");
        }
    }

    [Fact]
    public async Task GivenUp_BeforeAnythingWasDeleted_TheProjectGoesOn()
    {
        var id = Some.Id("kept", "kept");
        await CommitAsync(Some.Commit(id, 0));
        await using (var removal = await OpenAsync("kept"))
        {
            await removal.FenceAsync(Limit, default);
            (await CommitAsync(Some.Commit(id, 1))).Status.ShouldBe(CommitStatus.ProjectRemoved);
            await removal.GiveUpAsync(default);
            (await removal.ReadStateAsync(default)).ShouldBe(TenantRemovalState.None);
        }

        (await CommitAsync(Some.Commit(id, 1))).Status.ShouldBe(CommitStatus.Committed);
    }

    [Fact]
    public async Task GivenUp_OnceRowsAreBeingDeleted_StaysClosed()
    {
        await CommitAsync(Some.Commit(Some.Id("one", "late"), 0));
        await using var removal = await OpenAsync("late");
        await removal.FenceAsync(Limit, default);
        await removal.DeleteAsync(null, Limit, static (_, _) => { }, default);

        await removal.GiveUpAsync(default);

        (await removal.ReadStateAsync(default)).ShouldBe(TenantRemovalState.Removed);
        (await CommitAsync(Some.Commit(Some.Id("two", "late"), 0))).Status.ShouldBe(CommitStatus.ProjectRemoved);
    }

    /// <summary>The last event of a partition leaves: whoever takes the partition next must not give its number again, since consumers have passed it.</summary>
    [Fact]
    public async Task Commit_AfterATakeOver_DoesNotUseTheNumbersOfEventsThatLeft()
    {
        var stays = Some.Id("stays", "neighbour");
        var partition = PartitionMap.Of(stays);
        var leaves = Enumerable.Range(0, 100_000).Select(number => Some.Id($"n{number}", "goes")).First(id => PartitionMap.Of(id) == partition);
        var first = await CommitAsync(Some.Commit(stays, 0));
        var last = await CommitAsync(Some.Commit(leaves, 0, events: 3));
        last.Position.Seq.ShouldBe(first.Position.Seq + 3);

        await using (var removal = await OpenAsync("goes"))
        {
            await removal.FenceAsync(Limit, default);
            await removal.DeleteAsync(null, Limit, static (_, _) => { }, default);
        }

        await _host.DisposeAsync();
        _host = await JournalHost.StartAsync(postgres.Endpoints);

        (await CommitAsync(Some.Commit(stays, 1))).Position.Seq.ShouldBe(last.Position.Seq + 1);
    }

    [Fact]
    public async Task Delete_InterruptedAfterEachStatement_EndsWithEveryRowCountedOnce()
    {
        for (var number = 0; number < 5; number++)
        {
            var commit = Some.Commit(Some.Id($"a{number}", "cut"), 0, events: 2) with
            {
                CommandId = Guid.CreateVersion7(Some.At.AddSeconds(number)),
                Wakes = [new WakeChange("wake", Some.At.AddYears(100))],
                Claims = [new ClaimChange("kind", $"{number}")],
            };
            (await CommitAsync(commit)).Status.ShouldBe(CommitStatus.Committed);
        }

        await using (var removal = await OpenAsync("cut"))
            await removal.FenceAsync(Limit, default);

        var interruptions = 0;
        while (await DeleteAndCutAsync("cut"))
            interruptions++;

        interruptions.ShouldBeGreaterThanOrEqualTo(5, "each table that had rows was a place to be cut off at");
        var counted = await ListAsync("select format('%s=%s', key, value) from journal.removed_project r, jsonb_each_text(r.deleted) where r.id = 'cut' order by 1");
        counted.ShouldBe(["journal.claim=5", "journal.command=5", "journal.event=10", "journal.grain=5", "journal.wake=5"], ignoreOrder: true);
        (await ListAsync("select manifest_sha256 from journal.removed_project where id = 'cut'")).ShouldBe([Manifest]);
    }

    [Fact]
    public async Task Open_BesideAnotherRemovalOrARebuild_IsRefused()
    {
        await using var first = await OpenAsync("one");

        (await Should.ThrowAsync<GuardRefusedException>(() => OpenAsync("two"))).Message.ShouldContain("'awooop tenant remove one'");
    }

    /// <summary>It waited, idle, for projections: whoever took its place meanwhile may have rebuilt a table with the project's rows.</summary>
    [Fact]
    public async Task Delete_AfterItsSessionHasEnded_IsRefusedAndHasBegunNothing()
    {
        await CommitAsync(Some.Commit(Some.Id("one", "cutoff"), 0));
        await using (var removal = await OpenAsync("cutoff"))
        {
            await removal.FenceAsync(Limit, default);
            await Sessions.EndAsync(postgres.Superuser, "awooop tenant remove cutoff");

            await Should.ThrowAsync<GuardRefusedException>(() => removal.DeleteAsync(null, Limit, static (_, _) => { }, default));
        }

        (await ListAsync("select id from journal.removed_project where id = 'cutoff' and deleting_since is null")).ShouldBe(["cutoff"]);
        (await CountAsync("select count(*) from journal.event where project_id = 'cutoff'")).ShouldBe(1);
        await using (var again = await OpenAsync("cutoff"))
            await again.DeleteAsync(null, Limit, static (_, _) => { }, default);
        (await CountAsync("select count(*) from journal.event where project_id = 'cutoff'")).ShouldBe(0);
    }

    [Fact]
    public async Task Delete_BegunOnce_KeepsTheExportThatWasNamedThen()
    {
        await CommitAsync(Some.Commit(Some.Id("one", "named"), 0));
        await using var removal = await OpenAsync("named");
        await removal.FenceAsync(Limit, default);

        await removal.DeleteAsync(Manifest, Limit, static (_, _) => { }, default);
        await removal.DeleteAsync(new string('b', 64), Limit, static (_, _) => { }, default);

        (await ListAsync("select manifest_sha256 from journal.removed_project where id = 'named'")).ShouldBe([Manifest]);
    }

    [Fact]
    public async Task Release_WhileASiloIsUpThatKnewTheProject_IsRefused()
    {
        await CommitAsync(Some.Commit(Some.Id("one", "again"), 0));
        await using (var removal = await OpenAsync("again"))
        {
            await removal.FenceAsync(Limit, default);
            await removal.DeleteAsync(null, Limit, static (_, _) => { }, default);
            (await Should.ThrowAsync<TenantException>(() => removal.ReleaseAsync(default))).Fault.ShouldBe(TenantFault.Refused);
        }

        await _host.DisposeAsync();
        _host = await JournalHost.StartAsync(postgres.Endpoints);
        await using (var removal = await OpenAsync("again"))
            await removal.ReleaseAsync(default);

        (await CommitAsync(Some.Commit(Some.Id("one", "again"), 0))).Status.ShouldBe(CommitStatus.Committed);
    }

    /// <summary>What began before the fence may still be written; so nothing is deleted, and nobody is told that it is closed, before it has ended.</summary>
    [Fact]
    public async Task Fence_WhileATransactionIsUnderWay_WaitsForItsEnd()
    {
        await using var writer = await postgres.Engine.OpenConnectionAsync();
        await using var transaction = await writer.BeginTransactionAsync();
        await using (var look = new NpgsqlCommand("select count(*) from journal.removed_project", writer))
            await look.ExecuteScalarAsync();

        await using var removal = await OpenAsync("waits");
        var fenced = removal.FenceAsync(Limit, default);
        await Eventually.BecomesTrueAsync(
            async () => await CountAsync("select count(*) from journal.removed_project where id = 'waits'") == 1, "the fence is seen by those that begin now");
        fenced.IsCompleted.ShouldBeFalse();

        await transaction.CommitAsync();
        await fenced;
    }

    [Theory]
    [InlineData("delete from journal.event where project_id = 'guarded'")]
    [InlineData("update journal.event set actor = 'x' where project_id = 'guarded'")]
    public async Task EventLog_OfAProjectThatIsMerelyFenced_StaysAppendOnly(string sql)
    {
        await CommitAsync(Some.Commit(new AggregateId("thing", $"guarded/{sql.Length}"), 0));
        await using var fence = postgres.Owner.CreateCommand("insert into journal.removed_project (id) values ('guarded') on conflict do nothing");
        await fence.ExecuteNonQueryAsync();

        await using var change = postgres.Owner.CreateCommand(sql);
        (await Should.ThrowAsync<PostgresException>(() => change.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        await using var undo = postgres.Owner.CreateCommand("delete from journal.removed_project where id = 'guarded'");
        await undo.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task RemovedProjects_AreWrittenByNobodyButTheOwner()
    {
        foreach (var role in (NpgsqlDataSource[])[postgres.Engine, postgres.App, postgres.Reader])
        {
            foreach (var sql in (string[])["insert into journal.removed_project (id) values ('x')", "update journal.removed_project set id = id", "delete from journal.removed_project"])
            {
                await using var command = role.CreateCommand(sql);
                (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            }
        }
    }

    /// <returns>False when it went through.</returns>
    private async Task<bool> DeleteAndCutAsync(string projectId)
    {
        using var cut = new CancellationTokenSource();
        await using var removal = await OpenAsync(projectId);
        try
        {
            await removal.DeleteAsync(Manifest, Limit, (_, _) => cut.Cancel(), cut.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private Task<TenantRemoval> OpenAsync(string projectId) => TenantRemoval.OpenAsync(postgres.Owner, projectId, TimeProvider.System, default);

    private ValueTask<CommitOutcome> CommitAsync(Commit commit) => Journal.CommitAsync(commit, default);

    private async Task<long> CountAsync(string sql)
    {
        await using var command = postgres.Superuser.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = postgres.Superuser.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var list = new List<string>();
        while (await rows.ReadAsync())
            list.Add(rows.GetString(0));
        return list;
    }
}
