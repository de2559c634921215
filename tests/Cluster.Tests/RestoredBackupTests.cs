using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>
/// PostgreSQL goes back to an older backup under silos that run on: what came after it is gone everywhere, also from memory, and the
/// history goes on whole from there.
/// </summary>
public sealed class RestoredBackupTests
{
    [Fact]
    public async Task Postgres_RestoredFromAnOlderBackup_SilosForgetWhatCameAfterIt()
    {
        await using var system = await AwooopSystem.StartAsync(new SystemShape { Silos = 2, Settings = LoadedSystem.FastLease });
        await Partitions.SharedAsync(system, silos: 2);
        var alerts = new List<string>();
        for (var round = 0; round < FaultForm.Rounds; round++)
            await RestoreAsync(system, alerts, round);
    }

    /// <param name="alerts">All that were acknowledged and kept; those of this round are added.</param>
    private static async Task RestoreAsync(AwooopSystem system, List<string> alerts, int round)
    {
        using var people = new Playbooks(await system.AdminKeyAsync());
        var kept = await people.CreateAsync(system.Silos[0], "kept");
        var timeline = await TimelineAsync();

        await using var before = await MixedLoad.StartAsync(system, $"A{round}x");
        await before.GetsOnAsync();
        await before.FinishAsync();
        alerts.AddRange(before.Alerts);
        await Ledger.CheckAsync(system, alerts);
        var backup = await PostgresBackup.TakeAsync(system);

        await people.RenameAsync(system.Silos[0], kept, "lost");
        var lost = await people.CreateAsync(system.Silos[1], "lost");
        await using (var forgotten = await MixedLoad.StartAsync(system, $"B{round}x"))
        {
            await forgotten.GetsOnAsync();
            await forgotten.FinishAsync();
        }

        await system.Postgres.CrashAsync(CancellationToken.None);
        await Unreadiness.ToldAsync(system);
        await Unreadiness.WithoutLeasesAsync(system);
        await backup.RestoreAsync();
        // It sends the alerts that are forgotten again, as senders do, and they must count as new.
        await using var after = await MixedLoad.StartAsync(system, $"B{round}x");
        await system.StartPostgresAsync();
        foreach (var silo in system.Silos)
        {
            // The first answer of each is of the history that was restored.
            (await people.FirstAnswerAsync(silo, kept)).ShouldBe("kept");
            (await people.FirstAnswerAsync(silo, lost)).ShouldBeNull();
        }

        await Partitions.SharedAsync(system, silos: 2);
        await after.GetsOnAsync();
        await after.FinishAsync();
        (await TimelineAsync()).ShouldBeGreaterThan(timeline);
        alerts.AddRange(after.Alerts);
        await Ledger.CheckAsync(system, alerts);
        await Ledger.CheckAsync(system, before.Revisions);
        await Ledger.CheckAsync(system, after.Revisions);

        Task<long> TimelineAsync() => system.CountAsync("select timeline_id from pg_control_checkpoint()");
    }
}
