using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Projects;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace AwoooP.Api.Tests.Audit;

/// <summary>Once a minute of each limit: whoever comes too often cannot fill the log with it.</summary>
public sealed class LimitDenialTests
{
    private const string Me = "/v1/platform/me";

    [Theory]
    [InlineData("Front:RequestsPerSecond", "Front:RequestBurst", "shop", "bea")]
    [InlineData("Front:SourceRequestsPerSecond", "Front:SourceRequestBurst", "operators", Actors.Stranger)]
    public async Task Requests_OverTheRateOfAKeyOrOfAnAddress_AreToldOnceAndThenCounted(string rate, string burst, string project, string actor)
    {
        var audit = new RecordingAuditGrain();
        var host = await FrontHost.StartAsync(host =>
        {
            host.Settings[rate] = "1";
            host.Settings[burst] = "1";
            host.Cluster.Put<IAuditGrain>($"{project}/audit", audit);
        });
        try
        {
            using var busy = host.Connect(actor == Actors.Stranger ? null : host.Cluster.Issue(actor, OperatorRole.Viewer, project));
            var refused = 0;
            while (refused < 3)
                refused += (await busy.GetAsync(Me)).StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;

            var (caller, denied) = audit.Denied.ShouldHaveSingleItem();
            (caller.Actor, denied.Operation, denied.Status, denied.Code, denied.Address).ShouldBe((actor, "GetMe", 429, "too_many_requests", "127.0.0.1"));
            await host.Services.GetRequiredService<DeniedActs>().FlushAsync();
            audit.Counted.ShouldHaveSingleItem().Command.Count.ShouldBe(2);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    /// <summary>
    /// The rate is looked at before authorization has: the project that was asked for counts all the same, where the key has a role in it. But names that a
    /// role for every project lets somebody think of wake no grain.
    /// </summary>
    [Theory]
    [InlineData("shop", "shop", "shop", null)]
    [InlineData("shop", "bank", "awoooi", "bank")]
    [InlineData("*", "guess", "awoooi", "guess")]
    public async Task Requests_OverTheRateOfAKey_AreToldInTheProjectThatWasAskedForOrNameIt(string other, string asked, string told, string? named)
    {
        var audits = new[] { "awoooi", "shop", "bank" }.ToDictionary(static project => project, static _ => new RecordingAuditGrain());
        var host = await FrontHost.StartAsync(host =>
        {
            host.Settings["Front:RequestsPerSecond"] = "1";
            host.Settings["Front:RequestBurst"] = "1";
            host.Cluster.MakeProject("shop");
            host.Cluster.MakeProject("bank");
            foreach (var (project, audit) in audits)
                host.Cluster.Put<IAuditGrain>($"{project}/audit", audit);
        });
        try
        {
            var key = host.Cluster.Issue("bea", OperatorRole.Viewer);
            var roles = new Dictionary<string, OperatorRole> { ["awoooi"] = OperatorRole.Viewer, [other] = OperatorRole.Viewer };
            host.Cluster.Change(key, view => view with { Roles = roles });
            using var busy = host.Connect(key);
            var refused = 0;
            while (refused < 1)
                refused += (await busy.GetAsync($"{Me}?project_id={asked}")).StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;

            var (caller, denied) = audits[told].Denied.ShouldHaveSingleItem();
            (caller.ProjectId, caller.Actor, denied.Code, denied.RequestedProject).ShouldBe((told, "bea", "too_many_requests", named));
            audits.Values.Sum(static audit => audit.Denied.Count).ShouldBe(1);
            await host.Cluster.GetGrain<IProjectGrain>($"guess/{IProjectGrain.Key}").DidNotReceive().GetAsync(Arg.Any<CancellationToken>());
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Streams_BeyondThoseOfAKey_AreToldOnceAndThenCounted()
    {
        const string Events = "/v1/platform/events";
        var audit = new RecordingAuditGrain();
        var host = await FrontHost.StartAsync(host =>
        {
            host.Settings["Front:EventStreams"] = "1";
            host.Cluster.Put<IAuditGrain>("shop/audit", audit);
        });
        try
        {
            using var watching = host.Connect(host.Cluster.Issue("bea", OperatorRole.Viewer, "shop"));
            await using var first = await watching.GetStreamAsync(Events);
            for (var attempt = 0; attempt < 3; attempt++)
            {
                using var answer = await watching.GetAsync(Events, HttpCompletionOption.ResponseHeadersRead);
                var problem = await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_streams");
                problem.GetProperty("limit").GetString().ShouldBe("event_streams_per_key");
            }

            var (caller, denied) = audit.Denied.ShouldHaveSingleItem();
            (caller.Actor, denied.Operation, denied.Status, denied.Code).ShouldBe(("bea", "StreamEvents", 429, "too_many_streams"));
            await host.Services.GetRequiredService<DeniedActs>().FlushAsync();
            audit.Counted.ShouldHaveSingleItem().Command.Count.ShouldBe(2);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }
}
