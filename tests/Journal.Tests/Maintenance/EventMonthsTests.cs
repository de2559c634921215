using AwoooP.Journal.Maintenance;
using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Maintenance;

/// <summary>The months of the event log: made ahead by the silo, and never a reason for a commit to fail.</summary>
public sealed class EventMonthsTests : IAsyncLifetime
{
    private static readonly DateTimeOffset FarAhead = new(2040, 2, 29, 12, 0, 0, TimeSpan.Zero);

    private readonly PostgresFixture _postgres = new();

    public Task InitializeAsync() => _postgres.InitializeAsync();

    public Task DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task Silo_Running_KeepsTheMonthsMadeThatItIsToldTo()
    {
        await using var host = await JournalHost.StartAsync(_postgres.Endpoints, static options => options.MonthsAhead = 9);

        await Eventually.BecomesTrueAsync(async () => (await MonthsAsync()).Count >= 10, "the months ahead are made");
        (await EnsureEventPartitions.ExecuteAsync(_postgres.Engine, 9, default)).ShouldBe(0);
    }

    [Fact]
    public async Task Commit_PastTheLastMonthThatWasMade_IsWrittenAndRead()
    {
        await using var host = await JournalHost.StartAsync(_postgres.Endpoints);
        var id = Some.Id("far-ahead");

        (await host.Journal.CommitAsync(Some.Commit(id, 0) with { At = FarAhead }, default)).Status.ShouldBe(CommitStatus.Committed);

        (await ReadAsync($"select tableoid::regclass::text from journal.event where grain_key = '{id.Key}'")).ShouldBe(["journal.event_default"]);
        var read = new List<RecordedEvent>();
        await foreach (var recorded in host.Journal.ReadEventsAsync(id, 0, default))
            read.Add(recorded);
        read.ShouldHaveSingleItem().At.ShouldBe(FarAhead);
    }

    [Fact]
    public async Task Ensure_MonthThatTheDefaultHoldsEventsOf_LeavesItThereAndMakesTheOthers()
    {
        await using var host = await JournalHost.StartAsync(_postgres.Endpoints, static options => options.MonthsAhead = 1);
        var month = (await ReadAsync("select to_char(clock_timestamp() at time zone 'UTC' + interval '40 months', '\"event_y\"YYYY\"m\"MM')")).Single();
        var inTheMiddle = DateTimeOffset.Parse((await ReadAsync("select (date_trunc('month', clock_timestamp()) + interval '40 months 10 days')::text")).Single());
        (await host.Journal.CommitAsync(Some.Commit(Some.Id("in-default"), 0) with { At = inTheMiddle.ToUniversalTime() }, default)).Status
            .ShouldBe(CommitStatus.Committed);

        await EnsureEventPartitions.ExecuteAsync(_postgres.Engine, 41, default);

        var months = await MonthsAsync();
        months.Count.ShouldBe(41);
        months.ShouldNotContain(month);
    }

    [Fact]
    public async Task Month_MadeLater_IsAsClosedAsTheFirst()
    {
        await EnsureEventPartitions.ExecuteAsync(_postgres.Engine, 20, default);

        foreach (var month in await MonthsAsync())
        {
            (await FaultAsync(_postgres.Engine, $"select from journal.{month}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
            (await FaultAsync(_postgres.Owner, $"truncate journal.{month}")).ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    private Task<List<string>> MonthsAsync() => ReadAsync(
        """
        select c.relname::text from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'journal.event'::regclass and c.relname <> 'event_default' order by 1
        """);

    private async Task<List<string>> ReadAsync(string sql)
    {
        await using var command = _postgres.Superuser.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await rows.ReadAsync())
            values.Add(rows.GetString(0));
        return values;
    }

    private static async Task<string> FaultAsync(NpgsqlDataSource role, string sql)
    {
        await using var command = role.CreateCommand(sql);
        return (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState;
    }
}
