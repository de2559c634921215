using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Systems;

namespace AwoooP.Cluster.Tests;

/// <summary>A front in a process of its own, before silos that have none. Orleans serves none: <c>FrontRefusalTests</c>.</summary>
public sealed class FrontTests
{
    [Fact]
    public async Task Front_BeforeThreeSilos_ServesThemAndOutlivesOne()
    {
        await using var system = await AwooopSystem.StartAsync(LoadedSystem.FastLease, silos: 3, fronts: 1);
        await Partitions.SharedAsync(system, silos: 3);
        using var http = new HttpClient { BaseAddress = system.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(Path.Combine(system.Folder, "operator.key"))).Trim());

        await WhatIsWritten_IsListedAndStreamedAsync(http);
        await Cluster_HasTheSilosAloneAsync(system, http);
        await LoadedSystem.RunAsync(system, async () =>
        {
            await system.Silos[1].KillAsync();
            await Partitions.SharedAsync(system, silos: 2);
            await system.Silos[1].StartAsync();
            await Partitions.SharedAsync(system, silos: 3);
        });
    }

    private static async Task WhatIsWritten_IsListedAndStreamedAsync(HttpClient http)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var stream = new StreamReader(await http.GetStreamAsync("v1/platform/events", limit.Token));
        // What the stream follows it has looked at once it tells of a gap: from here on it misses nothing.
        await ReadUntilAsync(stream, "event: gap", limit.Token);

        using var body = new StringContent(
            """{"name":"Through the front","match":{"alert_names":["ShopDown"]},"action_pattern":"wait:shop","steps":[{"kind":"wait","name":"wait","seconds":1}]}""",
            Encoding.UTF8, "application/json");
        using var created = await http.PostAsync("v1/platform/playbooks", body, limit.Token);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var list = new HttpRequestMessage(HttpMethod.Get, "v1/platform/playbooks");
        list.Headers.Add("Awooop-After", created.Headers.GetValues("Awooop-Position").Single());
        using var listed = await http.SendAsync(list, limit.Token);
        (await listed.Content.ReadAsStringAsync(limit.Token)).ShouldContain("Through the front");
        await ReadUntilAsync(stream, "event: playbook", limit.Token);
    }

    private static async Task Cluster_HasTheSilosAloneAsync(AwooopSystem system, HttpClient http)
    {
        var cluster = JsonNode.Parse(await http.GetStringAsync("v1/platform/cluster"))!;
        cluster["silos"]!.AsArray().Select(static silo => (string)silo!["silo_id"]!).ShouldBe(["silo-1", "silo-2", "silo-3"]);

        using var silo = new HttpClient { BaseAddress = system.Silos[0].Address };
        (await silo.GetAsync("metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await silo.GetAsync("v1/platform/cluster")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await silo.GetAsync("api/v2/alerts")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
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
}
