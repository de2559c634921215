using AwoooP.Journal.Intake;
using AwoooP.Journal.Tests.Intake;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AwoooP.Journal.Tests.Commits;

/// <summary>A server that commits nothing without a synchronous standby, which is gone.</summary>
public sealed class StandbyTests
{
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

        await ExecuteAsync(superuser, "alter system set synchronous_standby_names = 'nobody'");
        await ExecuteAsync(superuser, "select pg_reload_conf()");
        try
        {
            // So does the next renewal of the lease. Until that runs out there is time to write.
            await Eventually.BecomesTrueAsync(async () => await CountWaitingAsync(superuser) > 0, "a commit waits for the standby");
            var appending = intake.AppendAsync(IntakeHarness.Entry("one"), default).AsTask();
            var committing = host.Journal.CommitAsync(Some.Commit(Some.Id("one"), 0), default).AsTask();

            (await committing).Status.ShouldBe(CommitStatus.Unknown);
            await Should.ThrowAsync<JournalUnavailableException>(() => appending);
        }
        finally
        {
            await ExecuteAsync(superuser, "alter system reset synchronous_standby_names");
            await ExecuteAsync(superuser, "select pg_reload_conf()");
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource superuser, string sql)
    {
        await using var command = superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountWaitingAsync(NpgsqlDataSource superuser)
    {
        await using var command = superuser.CreateCommand("select count(*) from pg_stat_activity where wait_event = 'SyncRep'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
