using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Tenants;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace AwoooP.Records.Tests.Tenants;

/// <summary>One of three tenants is taken out: nothing of it is left anywhere, and of the others everything is as it was and can be proven.</summary>
public sealed class TenantRemovalTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly RecordsDatabase _database = new();
    private ThreeTenants _tenants = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _tenants = await ThreeTenants.TellAsync(_database);
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Remove_OneOfThree_LeavesNothingOfItAndTheOthersAsTheyWere()
    {
        var before = await _tenants.RowsOfOthersAsync();
        var first = await _tenants.VerifyAuditAsync(ThreeTenants.First);
        var third = await _tenants.VerifyAuditAsync(ThreeTenants.Third);
        var counts = await _tenants.CountAsync(ThreeTenants.Gone);
        counts.Where(static table => table.Key.StartsWith("journal.", StringComparison.Ordinal)).ShouldAllBe(static table => table.Value > 0, "a table without a row proves nothing");
        counts.Count(static table => table.Value > 0).ShouldBeGreaterThan(20);

        await RemoveAsync();

        (await _tenants.CountAsync(ThreeTenants.Gone)).Values.ShouldAllBe(static rows => rows == 0);
        (await _tenants.RowsOfOthersAsync()).ShouldBe(before);
        before.Count.ShouldBeGreaterThan(300);
        (await _tenants.VerifyAuditAsync(ThreeTenants.First)).ShouldBe(first);
        (await _tenants.VerifyAuditAsync(ThreeTenants.Third)).ShouldBe(third);
        first.Rows.ShouldBeGreaterThan(30);
        third.Heads.ShouldBe(1);
        var differences = await _tenants.VerifyReplayAsync();
        differences.ShouldAllBe(static difference => difference.IsEqual && difference.Rows > 0);
        (await RecordedRowsAsync()).ShouldBe(counts.Where(static table => table.Value > 0), ignoreOrder: true);
    }

    /// <summary>The numbers of its events are missing since; rebuilt from a log with gaps, every table is the same again.</summary>
    [Fact]
    public async Task Replay_OfALogWithGaps_GivesTheOthersTheSameRows()
    {
        await RemoveAsync();
        var before = await _tenants.RowsOfOthersAsync();
        (await _database.Superuser.QueryAsync("select count(*) from (select max(seq) - count(*) as missing from journal.event) g where missing > 50", static reader => reader.GetInt64(0)))
            .ShouldBe([1L]);

        await new ProjectionReplay(_database.Owner, RecordProjections.All, RecordProjections.Known, NullLogger<ProjectionReplay>.Instance).ReplayAsync([], CancellationToken.None).ToListAsync();

        (await _tenants.RowsOfOthersAsync()).ShouldBe(before);
        (await _tenants.VerifyAuditAsync(ThreeTenants.First)).Rows.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task Remove_CutOffAfterEveryStatement_EndsAlike()
    {
        var before = await _tenants.RowsOfOthersAsync();
        var counts = await _tenants.CountAsync(ThreeTenants.Gone);
        await using (var removal = await OpenAsync())
            await removal.FenceAsync(Limit, CancellationToken.None);

        while (await DeleteAndCutAsync())
        {
        }

        (await _tenants.CountAsync(ThreeTenants.Gone)).Values.ShouldAllBe(static rows => rows == 0);
        (await _tenants.RowsOfOthersAsync()).ShouldBe(before);
        (await RecordedRowsAsync()).ShouldBe(counts.Where(static table => table.Value > 0), ignoreOrder: true);
    }

    [Fact]
    public async Task Remove_WithARebuildThatWasKilled_EmptiesItsTablesToo()
    {
        await using (var owner = await _database.Owner.EnterAsync(ThreeTenants.Gone))
        {
            await owner.ExecuteAsync("create schema replay_records_incidents");
            await owner.ExecuteAsync("create table replay_records_incidents.incidents (like public.incidents including all)");
            await owner.ExecuteAsync("select public.protect_tenant_table('replay_records_incidents.incidents', 'select')");
            await owner.ExecuteAsync("insert into replay_records_incidents.incidents select * from public.incidents");
            await owner.ExecuteAsync("commit");
        }

        await RemoveAsync();

        (await _database.Superuser.QueryAsync("select count(*) from replay_records_incidents.incidents", static reader => reader.GetInt64(0))).ShouldBe([0L]);
    }

    [Fact]
    public async Task Wait_WhileAProjectionIsBehindTheProject_NamesItAndGivesUpInTime()
    {
        await LogRows.MoveAsync(_database.Superuser, "records.incidents", 1);
        await using var removal = await OpenAsync();
        await removal.FenceAsync(Limit, CancellationToken.None);
        IReadOnlyList<string> told = [];

        var fault = await Should.ThrowAsync<TenantException>(
            () => removal.WaitForProjectionsAsync(RecordProjections.All, TimeSpan.FromMilliseconds(1), behind => told = behind, CancellationToken.None));

        fault.Fault.ShouldBe(TenantFault.NotYet);
        told.ShouldBe(["records.incidents"]);
    }

    [Theory]
    [InlineData("update public.timeline_events set title = 'x'")]
    [InlineData("truncate public.timeline_events")]
    [InlineData("delete from public.timeline_events")]
    public async Task InsertOnlyTable_WhileAProjectIsTakenOut_StaysSoForAllOthers(string sql)
    {
        await using (var owner = await _database.Owner.EnterAsync(null))
        {
            await owner.ExecuteAsync("insert into journal.removed_project (id, deleting_since) values ('gone', now())");
            await owner.ExecuteAsync("commit");
        }

        foreach (var projects in (string?[])[ThreeTenants.First, "first,gone", null])
        {
            await using var owner = await _database.Owner.EnterAsync(projects);
            (await owner.RefusalOfAsync(sql)).ShouldBe(PostgresErrorCodes.InsufficientPrivilege, projects);
        }
    }

    private async Task RemoveAsync()
    {
        await using var removal = await OpenAsync();
        await removal.FenceAsync(Limit, CancellationToken.None);
        await removal.WaitForProjectionsAsync(RecordProjections.All, Limit, static _ => { }, CancellationToken.None);
        (await RemovalObstacles.FindAsync(removal.Owner, ThreeTenants.Gone, export: null, CancellationToken.None)).ShouldBeEmpty();
        await removal.DeleteAsync(null, Limit, static (_, _) => { }, CancellationToken.None);
        (await removal.ReadStateAsync(CancellationToken.None)).ShouldBe(TenantRemovalState.Removed);
    }

    private async Task<bool> DeleteAndCutAsync()
    {
        using var cut = new CancellationTokenSource();
        await using var removal = await OpenAsync();
        try
        {
            await removal.DeleteAsync(null, Limit, (_, _) => cut.Cancel(), cut.Token);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private Task<TenantRemoval> OpenAsync() => TenantRemoval.OpenAsync(_database.Owner, ThreeTenants.Gone, TimeProvider.System, CancellationToken.None);

    private async Task<IReadOnlyList<KeyValuePair<string, long>>> RecordedRowsAsync() => await _database.Superuser.QueryAsync(
        "select key, value::bigint from journal.removed_project r, jsonb_each_text(r.deleted) where r.id = 'gone'",
        static reader => KeyValuePair.Create(reader.GetString(0), reader.GetInt64(1)));
}
