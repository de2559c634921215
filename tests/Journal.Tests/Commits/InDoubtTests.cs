using AwoooP.Journal.Commits;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>Which process of the server is ended for a batch whose outcome is not known.</summary>
public sealed class InDoubtTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task Resolve_SessionThatIsStillThere_IsEnded()
    {
        await using var engine = As("silo");
        await using var resolving = await engine.OpenConnectionAsync();
        await using var other = await engine.OpenConnectionAsync();

        await ResolveAsync(resolving, await ServerSession.OfAsync(other, default));

        (await ProcessesAsync()).ShouldNotContain(other.ProcessID);
    }

    [Fact]
    public async Task Resolve_ProcessOfASessionThatBeganLater_IsLeftAlone()
    {
        await using var engine = As("silo");
        await using var resolving = await engine.OpenConnectionAsync();
        await using var other = await engine.OpenConnectionAsync();
        var session = await ServerSession.OfAsync(other, default);
        session.Process.ShouldBe(other.ProcessID);

        // As after a restart of the server, which counts its processes from the beginning.
        await ResolveAsync(resolving, session with { StartedAt = session.StartedAt.AddMinutes(-1) });

        (await ProcessesAsync()).ShouldContain(other.ProcessID);
    }

    [Fact]
    public async Task Resolve_ProcessOfAnotherSilo_IsLeftAlone()
    {
        await using var engine = As("silo");
        await using var another = As("another");
        await using var resolving = await engine.OpenConnectionAsync();
        await using var other = await another.OpenConnectionAsync();

        await ResolveAsync(resolving, await ServerSession.OfAsync(other, default));

        (await ProcessesAsync()).ShouldContain(other.ProcessID);
    }

    private static Task ResolveAsync(NpgsqlConnection connection, ServerSession session) =>
        new InDoubt(session, [1]).ResolveAsync(connection, new PartitionHeads(), CancellationToken.None);

    private NpgsqlDataSource As(string sessionName) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.Endpoints.Engine) { ApplicationName = sessionName });

    private async Task<List<int>> ProcessesAsync()
    {
        await using var command = postgres.Superuser.CreateCommand("select pid from pg_stat_activity where application_name in ('silo', 'another')");
        await using var rows = await command.ExecuteReaderAsync();
        var processes = new List<int>();
        while (await rows.ReadAsync())
            processes.Add(rows.GetInt32(0));
        return processes;
    }
}
