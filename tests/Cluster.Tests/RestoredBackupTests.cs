using System.Net;
using System.Net.Http.Headers;
using System.Text;
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
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 2);
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
        private readonly PatientClient _http = new();

        public async Task<string> CreateAsync(SiloProcess silo, string name) =>
            (string)JsonNode.Parse((await SendAsync(silo, HttpMethod.Post, "", RevisionLoad.Definition(name), CancellationToken.None)).Body)!["playbook_id"]!;

        public async Task RenameAsync(SiloProcess silo, string playbook, string name) =>
            (await SendAsync(silo, HttpMethod.Put, $"/{playbook}", $$"""{"definition":{{RevisionLoad.Definition(name)}}}""", CancellationToken.None))
                .Status.ShouldBe(HttpStatusCode.OK);

        /// <summary>The name that the silo tells as soon as it answers; null when it says that there is none.</summary>
        public async Task<string?> FirstAnswerAsync(SiloProcess silo, string playbook)
        {
            CallEnd answer = default;
            await Readiness.UntilAsync(
                async token => (answer = await SendAsync(silo, HttpMethod.Get, $"/{playbook}", null, token)).Status is HttpStatusCode.OK or HttpStatusCode.NotFound,
                $"Silo {silo.Number} does not answer",
                CancellationToken.None);
            return answer.Status == HttpStatusCode.OK ? (string)JsonNode.Parse(answer.Body)!["definition"]!["name"]! : null;
        }

        public void Dispose() => _http.Dispose();

        private async Task<CallEnd> SendAsync(SiloProcess silo, HttpMethod method, string path, string? body, CancellationToken cancellationToken)
        {
            using var request = new HttpRequestMessage(method, new Uri(silo.Address, $"v1/platform/playbooks{path}"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            if (body is not null)
                request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            return await _http.SendAsync(request, cancellationToken);
        }
    }
}
