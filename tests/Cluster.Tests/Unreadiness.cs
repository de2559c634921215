using System.Net;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

internal static class Unreadiness
{
    private static readonly HttpClient Http = new();

    /// <summary>Waits until each silo has said that it cannot serve.</summary>
    public static async Task ToldAsync(AwooopSystem system)
    {
        foreach (var silo in system.Silos)
            await Readiness.UntilAsync(
                async token => (await Http.GetAsync(new Uri(silo.Address, "-/ready"), token)).StatusCode == HttpStatusCode.ServiceUnavailable,
                $"Silo {silo.Number} stays ready without PostgreSQL",
                CancellationToken.None);
    }

    /// <summary>Waits until the lease of each silo has run out, with which it might answer from memory until its next heartbeat finds another server.</summary>
    public static Task WithoutLeasesAsync(AwooopSystem system) => Readiness.UntilAsync(
        async _ => (await MetricSamples.ReadAsync(system.Silos)).SumOf("awooop_journal_lease_valid") is 0d,
        "Leases go on without PostgreSQL",
        CancellationToken.None);
}
