using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using Xunit.Abstractions;

namespace AwoooP.Api.Tests.Projects;

/// <summary>Two tenants side by side: neither sees or moves anything of the other, whatever is asked.</summary>
public sealed class CrossedIdsTests(TwoTenants tenants, ITestOutputHelper output) : IClassFixture<TwoTenants>
{
    private const int Calls = 10_000;
    private const int Workers = 8;

    /// <summary>Of these only the reads are made.</summary>
    private const int FirstCalls = 3_000;

    private const int Seed = 20260115;

    private static readonly string TheirMark = TwoTenants.MarkOf(TwoTenants.Theirs);
    private static readonly string MyMark = TwoTenants.MarkOf(TwoTenants.Mine);

    /// <summary>In rows that have no text of the tenant's.</summary>
    private const string TheirRow = $"\"project_id\":\"{TwoTenants.Theirs}\"";

    /// <summary>Each has at least two rows of either tenant, every one with the tenant's mark.</summary>
    internal static readonly string[] Lists =
    [
        "incidents", "playbooks", "runs", "approvals", "notifications", "timeline", "contracts", "agents", "policies", "budget/ledger", "legal-holds",
        "operators", "operators/keys", "audit/acts",
    ];

    /// <summary>Lists below something, and what of it is asked.</summary>
    private static readonly (string Operation, string Path)[] Parts =
    [
        ("audit/heads", "audit/heads"),
        ("contracts/{kind}/{name}/versions", $"contracts/agent/{TwoTenants.Shared}/versions"),
        ("contracts/{kind}/{name}/signatures", $"contracts/agent/{TwoTenants.Shared}/signatures"),
    ];

    [Fact]
    public async Task RandomCalls_WithCrossedIds_ShowAndMoveNothingOfTheOtherTenant()
    {
        output.WriteLine($"Seed {Seed}: {Calls} calls by {Workers} workers, worker n with seed + n; before them the reads of {FirstCalls} by one more.");
        using var client = tenants.Host.Connect();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        var ids = new TenantIds(await CursorsAsync(), tenants.Positions, tenants.Documents);
        var before = await tenants.EventsOfAsync(TwoTenants.Theirs);
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var (mine, leaks, limited) = (0, new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        var answered = new ConcurrentDictionary<string, int>();

        // The calls do reach what is there, and are refused what is not theirs: else they would show nothing of anybody. It is looked at while nothing
        // changes: what workers side by side get at depends on which of them comes first.
        await AskAsync(Workers, FirstCalls, readsAlone: true);
        Tell();
        var mineAtFirst = mine;
        mine.ShouldBeGreaterThan(FirstCalls / 20);
        new RandomCalls(document.RootElement, new Random(Seed), ids).Operations
            .Where(operation => operation.StartsWith("GET ", StringComparison.Ordinal) && !answered.ContainsKey(operation))
            .ShouldBeEmpty($"Seed {Seed}: no call of these was answered.");
        statuses[HttpStatusCode.OK].ShouldBeGreaterThan(FirstCalls / 10);
        statuses[HttpStatusCode.Forbidden].ShouldBeGreaterThan(FirstCalls / 20);
        statuses[HttpStatusCode.NotFound].ShouldBeGreaterThan(FirstCalls / 100);

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => AskAsync(worker, Calls / Workers, readsAlone: false)));
        Tell();

        leaks.ShouldBeEmpty();
        // A call that was only counted has shown nothing.
        limited.ShouldBeEmpty();
        (await tenants.EventsOfAsync(TwoTenants.Theirs)).ShouldBe(before);
        tenants.Host.Journal.Entries.ShouldAllBe(static entry => entry.ProjectId == TwoTenants.Mine);
        mine.ShouldBeGreaterThan(mineAtFirst);

        async Task AskAsync(int worker, int count, bool readsAlone)
        {
            var calls = new RandomCalls(document.RootElement, new Random(Seed + worker), ids);
            using var me = tenants.Host.Connect(tenants.MyKey);
            for (var call = 0; call < count; call++)
            {
                var (operation, request) = calls.Next();
                using var sent = request;
                if (readsAlone && request.Method != HttpMethod.Get)
                    continue;

                var asked = $"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";
                using var answer = await me.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                statuses.AddOrUpdate(answer.StatusCode, 1, static (_, count) => count + 1);
                // A stream does not end; what it tells is held by a test of its own.
                var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
                if (text.Contains(MyMark, StringComparison.Ordinal))
                    Interlocked.Increment(ref mine);
                if (answer.IsSuccessStatusCode)
                    answered.AddOrUpdate(operation, 1, static (_, count) => count + 1);
                var told = $"seed {Seed} worker {worker} call {call}: {asked} -> {(int)answer.StatusCode} {text}";
                // A question comes back in refusals.
                if ((text.Contains(TheirMark, StringComparison.Ordinal) && !Uri.UnescapeDataString(asked).Contains(TheirMark, StringComparison.Ordinal))
                    || (answer.IsSuccessStatusCode && text.Contains(TheirRow, StringComparison.Ordinal))
                    || answer.StatusCode == HttpStatusCode.InternalServerError)
                {
                    leaks.Enqueue(told);
                }

                if (answer.StatusCode == HttpStatusCode.TooManyRequests && text.Contains("requests_per_", StringComparison.Ordinal))
                    limited.Enqueue(told);

                if (answer.IsSuccessStatusCode && asked.Contains("/suspend", StringComparison.Ordinal))
                    await me.PostAsync($"/v1/platform/projects/{TwoTenants.Mine}/resume", Answers.Json("{}"));
            }
        }

        void Tell()
        {
            foreach (var (status, count) in statuses.OrderBy(static pair => pair.Key))
                output.WriteLine($"{(int)status}: {count}");
        }
    }

    /// <summary>Where lists of either tenant go on.</summary>
    private async Task<Dictionary<string, IReadOnlyList<string>>> CursorsAsync()
    {
        var cursors = new Dictionary<string, IReadOnlyList<string>>();
        using var me = tenants.Host.Connect(tenants.MyKey);
        using var they = tenants.Host.Connect(tenants.TheirKey);
        foreach (var (operation, path) in Lists.Select(static list => (list, list)).Concat(Parts))
            cursors[$"/v1/platform/{operation}"] = [await CursorAsync(me, path), await CursorAsync(they, path)];
        return cursors;
    }

    private static async Task<string> CursorAsync(HttpClient client, string path)
    {
        var page = await (await client.GetAsync($"/v1/platform/{path}?limit=1")).JsonAsync();
        return page.GetProperty("next_cursor").GetString().ShouldNotBeNull(path);
    }
}
