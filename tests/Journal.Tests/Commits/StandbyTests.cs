using AwoooP.Journal.Intake;
using AwoooP.Journal.Tests.Intake;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>A server that commits nothing without a synchronous standby, which is gone.</summary>
public sealed class StandbyTests
{
    private const string Waiting = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";

    private const string EndWaitingCommit =
        "select count(pg_terminate_backend(pid)) from pg_stat_activity where wait_event = 'SyncRep' and query like '%commit_batch%'";

    [Fact]
    public async Task Write_ThatOnlyThePrimaryHas_IsNotToldAsDurable()
    {
        await using var server = await DurableServer.StartAsync();
        await using var superuser = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.Server.SuperuserConnection()) { Database = "awooop" });
        await using var host = await JournalHost.StartAsync(
            server.Endpoints,
            options => options.Lease = TimeSpan.FromSeconds(6),
            static services => services.AddSingleton<IIntakeConsumer>(new RecordingConsumer()).AddIntake());
        var intake = host.Services.GetRequiredService<IntakeLog>();
        await Eventually.BecomesTrueAsync(() => intake.Partitions.Count > 0, "the intake log is written to");
        (await intake.AppendAsync(IntakeHarness.Entry("before"), default)).Status.ShouldBe(IntakeStatus.Accepted);
        (await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 0), default)).Status.ShouldBe(CommitStatus.Committed);

        try
        {
            await LoseStandbyAsync(superuser);
            var appending = intake.AppendAsync(IntakeHarness.Entry("one"), default).AsTask();
            var committing = host.Journal.CommitAsync(Some.Commit(Some.Id("one"), 0), default).AsTask();

            (await committing).Status.ShouldBe(CommitStatus.Unknown);
            await Should.ThrowAsync<JournalUnavailableException>(() => appending);
        }
        finally
        {
            await RegainStandbyAsync(superuser);
        }
    }

    /// <summary>Its process was ended while it waited: everybody sees what the primary alone has.</summary>
    [Fact]
    public async Task Commit_EndedWhileItWaitsForTheStandby_IsNotToldAsDoneBeforeThatHasIt()
    {
        await using var server = await DurableServer.StartAsync();
        await using var superuser = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(server.Server.SuperuserConnection()) { Database = "awooop" });
        await using var host = await JournalHost.StartAsync(server.Endpoints, options => options.Lease = TimeSpan.FromSeconds(6));
        (await host.Journal.CommitAsync(Some.Commit(Some.Id("kept"), 0), default)).Status.ShouldBe(CommitStatus.Committed);
        var commit = Some.Commit(Some.Id("one"), 0) with { CommandId = Guid.CreateVersion7(Some.At) };

        try
        {
            await LoseStandbyAsync(superuser);
            var committing = host.Journal.CommitAsync(commit, default).AsTask();
            await Eventually.BecomesTrueAsync(async () => await CountAsync(superuser, EndWaitingCommit) > 0, "a commit waits for the standby");
            (await committing).Status.ShouldBe(CommitStatus.Unknown);
            (await CountAsync(superuser, "select count(*) from journal.grain where grain_key = 'alpha/one'")).ShouldBe(1, "the primary has it");

            (await host.Journal.CommitAsync(commit, default)).Status.ShouldNotBe(CommitStatus.Repeated);
            await Should.ThrowAsync<JournalUnavailableException>(async () => await host.Journal.ReadAsync(commit.Id, default));
            await Should.ThrowAsync<JournalUnavailableException>(async () => await host.Journal.FindCommandAsync(commit.Id, commit.CommandId.Value, default));
        }
        finally
        {
            await RegainStandbyAsync(superuser);
        }

        await Eventually.BecomesTrueAsync(() => IsDoneAsync(host.Journal, commit), "it is told as done, though nothing else is committed");
        await Eventually.BecomesTrueAsync(async () => (await host.Journal.CommitAsync(commit, default)).Status == CommitStatus.Repeated, "it is repeated");
    }

    private static async Task<bool> IsDoneAsync(IJournal journal, Commit commit)
    {
        try
        {
            return await journal.FindCommandAsync(commit.Id, commit.CommandId!.Value, default) is not null
                && await journal.ReadAsync(commit.Id, default) is not null;
        }
        catch (JournalUnavailableException)
        {
            return false;
        }
    }

    /// <summary>The server is told, and heeds it some time later. Then the next renewal of the lease waits; until that runs out there is time to write.</summary>
    private static async Task LoseStandbyAsync(NpgsqlDataSource superuser)
    {
        await ExecuteAsync(superuser, "alter system set synchronous_standby_names = 'nobody'");
        await ExecuteAsync(superuser, "select pg_reload_conf()");
        await Eventually.BecomesTrueAsync(async () => await CountAsync(superuser, Waiting) > 0, "the next renewal waits for the standby");
    }

    private static async Task RegainStandbyAsync(NpgsqlDataSource superuser)
    {
        await ExecuteAsync(superuser, "alter system reset synchronous_standby_names");
        await ExecuteAsync(superuser, "select pg_reload_conf()");
    }

    private static async Task ExecuteAsync(NpgsqlDataSource superuser, string sql)
    {
        await using var command = superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(NpgsqlDataSource superuser, string sql)
    {
        await using var command = superuser.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
