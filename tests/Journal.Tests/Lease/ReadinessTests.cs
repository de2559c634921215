using AwoooP.Journal.Tests.Commits;
using AwoooP.Testing;

namespace AwoooP.Journal.Tests.Lease;

public sealed class ReadinessTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Server_TakingNoWrites_IsReadOnlyUntilItTakesThemAgain()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints, options => options.Lease = TimeSpan.FromSeconds(2));
        var id = Some.Id("read-only");
        (await host.Journal.CommitAsync(Some.Commit(id, 0), default)).Status.ShouldBe(CommitStatus.Committed);

        await RefuseWritesAsync("on");
        await Eventually.BecomesTrueAsync(() => host.Health.State == JournalState.ReadOnly, "the journal is read-only");
        host.Health.IsReady.ShouldBeFalse();
        await Eventually.BecomesTrueAsync(
            async () => (await host.Journal.CommitAsync(Some.Commit(id, 1), default)).Status == CommitStatus.Unavailable, "a commit is told so");
        await Eventually.BecomesTrueAsync(async () => await ReadVersionAsync(host, id) == 1, "it can be read");

        await RefuseWritesAsync("off");
        await Eventually.BecomesTrueAsync(() => host.Health.IsReady, "the journal writes again");
        await Eventually.BecomesTrueAsync(
            async () => (await host.Journal.CommitAsync(Some.Commit(id, 1), default)).Status is CommitStatus.Committed or CommitStatus.VersionConflict,
            "a commit succeeds");
        await Eventually.BecomesTrueAsync(async () => await ReadVersionAsync(host, id) == 2, "what was committed can be read");
    }

    [Fact]
    public async Task Sessions_EndedByAnAdministrator_AreReplaced()
    {
        await using var host = await JournalHost.StartAsync(postgres.Endpoints);
        var id = Some.Id("ended");
        (await host.Journal.CommitAsync(Some.Commit(id, 0), default)).Status.ShouldBe(CommitStatus.Committed);

        await EndSessionsAsync();

        await Eventually.BecomesTrueAsync(
            async () => (await host.Journal.CommitAsync(Some.Commit(id, await ReadVersionAsync(host, id)), default)).Status == CommitStatus.Committed,
            "a commit succeeds");
    }

    private static async Task<long> ReadVersionAsync(JournalHost host, AggregateId id)
    {
        try
        {
            return (await host.Journal.ReadAsync(id, default))!.Version;
        }
        catch (JournalUnavailableException)
        {
            return 0;
        }
    }

    private async Task RefuseWritesAsync(string setting)
    {
        await ExecuteAsync($"alter database {postgres.Database} set default_transaction_read_only = {setting}");
        await EndSessionsAsync();
    }

    private Task EndSessionsAsync() => ExecuteAsync(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename like 'awooop\\_%' and usename <> current_user");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = await postgres.Superuser.OpenConnectionAsync();
        await using var command = new Npgsql.NpgsqlCommand("set default_transaction_read_only = off; " + sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
