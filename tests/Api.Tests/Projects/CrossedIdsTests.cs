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
    private const int Seed = 20260115;

    private static readonly string TheirMark = TwoTenants.MarkOf(TwoTenants.Theirs);
    private static readonly string MyMark = TwoTenants.MarkOf(TwoTenants.Mine);

    internal static readonly string[] Lists = ["incidents", "playbooks", "runs", "approvals", "notifications", "timeline"];

    [Fact]
    public async Task RandomCalls_WithCrossedIds_ShowAndMoveNothingOfTheOtherTenant()
    {
        output.WriteLine($"Seed {Seed}: {Calls} calls by {Workers} workers, worker n with seed + n.");
        using var client = tenants.Host.Connect();
        using var document = JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json"));
        var cursors = await CursorsAsync();
        var before = await tenants.EventsOfAsync(TwoTenants.Theirs);
        var statuses = new ConcurrentDictionary<HttpStatusCode, int>();
        var (mine, leaks) = (0, new ConcurrentQueue<string>());

        await Task.WhenAll(Enumerable.Range(0, Workers).Select(async worker =>
        {
            var calls = new RandomCalls(document.RootElement, new Random(Seed + worker), cursors);
            calls.Operations.ShouldBeGreaterThan(50);
            using var me = tenants.Host.Connect(tenants.MyKey);
            for (var call = 0; call < Calls / Workers; call++)
            {
                using var request = calls.Next();
                var asked = $"{request.Method} {request.RequestUri} {(request.Content is null ? "" : await request.Content.ReadAsStringAsync())}";
                using var answer = await me.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                statuses.AddOrUpdate(answer.StatusCode, 1, static (_, count) => count + 1);
                // A stream does not end; what it tells is held by a test of its own.
                var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync();
                if (text.Contains(MyMark, StringComparison.Ordinal))
                    Interlocked.Increment(ref mine);
                // A question comes back in refusals.
                if ((text.Contains(TheirMark, StringComparison.Ordinal) && !Uri.UnescapeDataString(asked).Contains(TheirMark, StringComparison.Ordinal))
                    || answer.StatusCode == HttpStatusCode.InternalServerError)
                {
                    leaks.Enqueue($"worker {worker} call {call}: {asked} -> {(int)answer.StatusCode} {text}");
                }

                if (answer.IsSuccessStatusCode && asked.Contains("/suspend", StringComparison.Ordinal))
                    await me.PostAsync($"/v1/platform/projects/{TwoTenants.Mine}/resume", Answers.Json("{}"));
            }
        }));

        foreach (var (status, count) in statuses.OrderBy(static pair => pair.Key))
            output.WriteLine($"{(int)status}: {count}");
        leaks.ShouldBeEmpty();
        (await tenants.EventsOfAsync(TwoTenants.Theirs)).ShouldBe(before);
        tenants.Host.Journal.Entries.ShouldAllBe(static entry => entry.ProjectId == TwoTenants.Mine);
        // The calls do reach what is there, and are refused what is not theirs: else they would show nothing of anybody.
        mine.ShouldBeGreaterThan(Calls / 100);
        statuses[HttpStatusCode.OK].ShouldBeGreaterThan(Calls / 10);
        statuses[HttpStatusCode.Forbidden].ShouldBeGreaterThan(Calls / 20);
        statuses[HttpStatusCode.NotFound].ShouldBeGreaterThan(Calls / 100);
    }

    /// <summary>Where lists of either tenant go on.</summary>
    private async Task<List<string>> CursorsAsync()
    {
        var cursors = new List<string>();
        foreach (var key in (Client.Auth.ApiKey[])[tenants.MyKey, tenants.TheirKey])
        {
            using var client = tenants.Host.Connect(key);
            foreach (var list in Lists)
            {
                var page = await (await client.GetAsync($"/v1/platform/{list}?limit=1")).JsonAsync();
                cursors.Add(page.GetProperty("next_cursor").GetString().ShouldNotBeNull(list));
            }
        }

        return cursors;
    }
}
