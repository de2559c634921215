using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>Fronts in processes of their own, before silos that have none. Orleans serves none: <c>FrontRefusalTests</c>.</summary>
public sealed class FrontTests(FrontTests.FrontsAndThreeSilos front) : IClassFixture<FrontTests.FrontsAndThreeSilos>
{
    [Fact]
    public async Task Playbook_CreatedAtTheFront_IsListedAndStreamed()
    {
        using var http = await HttpAsync(await front.StartedAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var stream = new StreamReader(await http.GetStreamAsync("v1/platform/events", limit.Token));
        // What the stream follows it has looked at once it tells of a gap: from here on it misses nothing.
        await ReadUntilAsync(stream, "event: gap", limit.Token);

        using var body = new StringContent(RevisionLoad.Definition("Through the front"), Encoding.UTF8, "application/json");
        using var created = await http.PostAsync("v1/platform/playbooks", body, limit.Token);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var list = new HttpRequestMessage(HttpMethod.Get, "v1/platform/playbooks");
        list.Headers.Add("Awooop-After", created.Headers.GetValues("Awooop-Position").Single());
        using var listed = await http.SendAsync(list, limit.Token);
        (await listed.Content.ReadAsStringAsync(limit.Token)).ShouldContain("Through the front");
        await ReadUntilAsync(stream, "event: playbook", limit.Token);
    }

    [Fact]
    public async Task Cluster_AtTheFront_HasTheSilosAlone()
    {
        using var http = await HttpAsync(await front.StartedAsync());
        var cluster = JsonNode.Parse(await http.GetStringAsync("v1/platform/cluster"))!;
        cluster["silos"]!.AsArray().Select(static silo => (string)silo!["silo_id"]!).ShouldBe(["silo-1", "silo-2", "silo-3"]);
    }

    [Fact]
    public async Task Silo_BehindAFront_ServesMetricsButNeitherApiNorIntake()
    {
        using var silo = new HttpClient { BaseAddress = (await front.StartedAsync()).Silos[0].Address };
        (await silo.GetAsync("metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await silo.GetAsync("v1/platform/cluster")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await silo.GetAsync("api/v2/alerts")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>It finds the silos in the database all the same, so a load balancer would send it everything.</summary>
    [Fact]
    public async Task Front_WithAnotherSecretThanTheSilos_LivesAndIsNotReady()
    {
        var system = await front.StartedAsync();
        var secret = Path.Combine(system.Folder, "other.secret");
        await File.WriteAllBytesAsync(secret, RandomNumberGenerator.GetBytes(32));
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}/");
        var environment = new Dictionary<string, string>
        {
            ["AWOOOP_DATA"] = system.Folder, ["AWOOOP_URL"] = address.ToString(), ["AWOOOP_ROLE"] = "Front", ["AWOOOP_SILO"] = "9", ["AWOOOP_POSTGRES"] = "",
            ["Silo__ClusterSecretFile"] = secret,
        };
        var output = Path.Combine(system.Folder, "stranger.out");
        await using var stranger = ChildProcess.Start(DotnetHost.Path, [Path.Combine(AppContext.BaseDirectory, "AwoooP.Silo.dll")], output, environment);
        await Readiness.WaitAsync(new Uri(address, "-/healthy"), CancellationToken.None);

        using var http = new HttpClient();
        HttpStatusCode ready;
        do
        {
            ready = (await http.GetAsync(new Uri(address, "-/ready"))).StatusCode;
            ready.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        while (!(await File.ReadAllTextAsync(output)).Contains("the secrets differ", StringComparison.Ordinal));
    }

    [Fact]
    public Task Silo_BehindAFront_KilledUnderLoad_LosesAndDoublesNothing() => front.RunAsync(static async (system, round) =>
    {
        var killed = system.Silos[round.Victim(3)];
        await killed.KillAsync();
        await Partitions.SharedAsync(system, silos: 2);
        await killed.StartAsync();
        await Partitions.SharedAsync(system, silos: 3);
    });

    /// <summary>Its callers go on at the other front, with what they were not answered.</summary>
    [Fact]
    public Task OneOfTwoFronts_KilledUnderLoad_LosesAndDoublesNothing() => front.RunAsync(static async (system, round) =>
    {
        var killed = system.Fronts[round.Victim(2)];
        await killed.KillAsync();
        await round.Load.GetsOnAsync();
        await killed.StartAsync();
    });

    /// <summary>The API at the front, as the operator whom the first start made.</summary>
    private static async Task<HttpClient> HttpAsync(AwooopSystem system)
    {
        var http = new HttpClient { BaseAddress = system.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await system.AdminKeyAsync());
        return http;
    }

    private static async Task ReadUntilAsync(StreamReader stream, string line, CancellationToken cancellationToken)
    {
        while (await stream.ReadLineAsync(cancellationToken) is { } read)
        {
            if (read == line)
                return;
        }

        throw new InvalidOperationException($"The stream ended before it told '{line}'.");
    }

    public sealed class FrontsAndThreeSilos() : SharedSystem(new SystemShape
    {
        Silos = 3,
        Fronts = 2,
        Settings = new Dictionary<string, string>(FastLease) { ["Front__AfterTimeout"] = "00:01:00" },
    });
}
