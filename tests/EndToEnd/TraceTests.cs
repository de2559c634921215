using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>What a request sets off can be followed through every process that had a part in it.</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private OtlpCollector _collector = null!;
    private AwooopSystem _system = null!;

    public async Task InitializeAsync()
    {
        _collector = await OtlpCollector.StartAsync();
        _system = await AwooopSystem.StartAsync(new SystemShape
        {
            Silos = 2,
            // Spans leave every 100 ms, not every 5 s.
            Settings = new Dictionary<string, string> { ["Silo__OtlpEndpoint"] = _collector.Address.ToString(), ["OTEL_BSP_SCHEDULE_DELAY"] = "100" },
        });
    }

    public async Task DisposeAsync()
    {
        await _system.DisposeAsync();
        await _collector.DisposeAsync();
    }

    [Fact]
    public async Task Request_OfAGrainAtTheOtherSilo_IsOneTraceFromHttpToSql()
    {
        using var api = new RawApi(_system.Address, await _system.AdminKeyAsync());
        IReadOnlyList<TracedSpan> path = [];
        await Readiness.UntilAsync(
            async _ =>
            {
                // Half of the ids are of grains at the other silo.
                (await api.PostAsync("v1/platform/playbooks", SharedSystem.Playbook("Traced", "Traced"))).ShouldSucceed();
                path = Paths("POST ").FirstOrDefault(static found => found[0].Process == "silo-2" && found.Any(IsCommit)) ?? [];
                return path.Count > 0;
            },
            "No request was traced to a statement of the other silo",
            CancellationToken.None);

        path.Select(static span => span.TraceId).Distinct().Count().ShouldBe(1);
        path[0].Scope.ShouldBe("Npgsql");
        path.Count(IsCommit).ShouldBe(1);
        (path[^1].Scope, path[^1].Process, path[^1].ParentId).ShouldBe(("Microsoft.AspNetCore", "silo-1", ""));
        _collector.Spans.ShouldAllBe(static span => span.Scope != "Npgsql" || span.ParentId != "", "a statement that nothing stands behind was traced");
    }

    private static bool IsCommit(TracedSpan span) => span is { Scope: "AwoooP.Journal", Name: "commit playbook" };

    /// <summary>From each statement up to what it was asked for, where all of that has come and begins with a request.</summary>
    private IEnumerable<IReadOnlyList<TracedSpan>> Paths(string request)
    {
        var spans = _collector.Spans.ToDictionary(static span => span.Id);
        foreach (var statement in spans.Values.Where(static span => span.Scope == "Npgsql"))
        {
            var path = new List<TracedSpan> { statement };
            while (spans.TryGetValue(path[^1].ParentId, out var parent))
                path.Add(parent);
            if (path[^1].Name.StartsWith(request, StringComparison.Ordinal))
                yield return path;
        }
    }
}
