using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Commands;
using AwoooP.Operators;
using Microsoft.Extensions.DependencyInjection;

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
}
