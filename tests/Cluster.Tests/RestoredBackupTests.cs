using System.Net;
using System.Text.Json.Nodes;
using AwoooP.Demo;
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
        using var people = new Playbooks(await system.AdminKeyAsync());
        var kept = await people.CreateAsync(system.Silos[0], "kept");

        await using var before = await MixedLoad.StartAsync(system, "A");
        await before.GetsOnAsync();
        await before.FinishAsync();
        await Ledger.CheckAsync(system, before.Alerts);
        var backup = await PostgresBackup.TakeAsync(system);

        await people.RenameAsync(system.Silos[0], kept, "lost");
        var lost = await people.CreateAsync(system.Silos[1], "lost");
        await using (var forgotten = await MixedLoad.StartAsync(system, "B"))
        {
            await forgotten.GetsOnAsync();
            await forgotten.FinishAsync();
        }

        await system.Postgres.CrashAsync(CancellationToken.None);
        await Unreadiness.ToldAsync(system);
        await backup.RestoreAsync();
        // It sends the alerts that are forgotten again, as senders do, and they must count as new.
        await using var after = await MixedLoad.StartAsync(system, "B");
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
        (await system.CountAsync("select timeline_id from pg_control_checkpoint()")).ShouldBeGreaterThan(1);
        await Ledger.CheckAsync(system, [.. before.Alerts, .. after.Alerts]);
        await Ledger.CheckAsync(system, before.Revisions);
        await Ledger.CheckAsync(system, after.Revisions);
    }

    /// <summary>Playbooks of which only the name counts.</summary>
    private sealed class Playbooks(string key) : IDisposable
    {
        private readonly PlatformClient _platform = new(key);

        public async Task<string> CreateAsync(ServerProcess silo, string name)
        {
            var created = await _platform.SendAsync(silo.Address, new(HttpMethod.Post, "playbooks", RevisionLoad.Definition(name)), CancellationToken.None);
            return (string)JsonNode.Parse(created.Body)!["playbook_id"]!;
        }

        public async Task RenameAsync(ServerProcess silo, string playbook, string name)
        {
            var renamed = await _platform.SendAsync(silo.Address, new(HttpMethod.Put, $"playbooks/{playbook}", RevisionLoad.Revision(name)), CancellationToken.None);
            renamed.Status.ShouldBe(HttpStatusCode.OK);
        }

        /// <summary>The name that the silo tells as soon as it answers; null when it says that there is none.</summary>
        public async Task<string?> FirstAnswerAsync(ServerProcess silo, string playbook)
        {
            var read = new PlatformRequest(HttpMethod.Get, $"playbooks/{playbook}");
            CallEnd answer = default;
            await Readiness.UntilAsync(
                async token => (answer = await _platform.SendAsync(silo.Address, read, token)).Status is HttpStatusCode.OK or HttpStatusCode.NotFound,
                $"{silo.Name} does not answer",
                CancellationToken.None);
            return answer.IsDone ? (string)JsonNode.Parse(answer.Body)!["definition"]!["name"]! : null;
        }

        public void Dispose() => _platform.Dispose();
    }
}
