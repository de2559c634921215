using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Incidents;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Api;

/// <summary>What the embedded engine's own faults are to a caller: each a stable code, and none a 500 but the one that is ours to mend.</summary>
public sealed class EngineFaultTests(FrontHost host) : IClassFixture<FrontHost>
{
    private static readonly GrainId Grain = new("incident", "awoooi/x");

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Fault_OfTheEngine_IsTyped(Exception fault, HttpStatusCode status, string code)
    {
        const string id = "INC-20260101-E00001";
        host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}").GetAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<IncidentView?>(fault));
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var response = await client.GetAsync($"/v1/platform/incidents/{id}");

        await response.ShouldBeProblemAsync(status, code);
        (response.Headers.RetryAfter is not null).ShouldBe(status != HttpStatusCode.InternalServerError, "whoever may try again is told when");
    }

    public static TheoryData<Exception, HttpStatusCode, string> Faults() => new()
    {
        { new OverloadedException("full"), HttpStatusCode.TooManyRequests, "overloaded" },
        { new GrainUnplacedException(Grain), HttpStatusCode.ServiceUnavailable, "unplaced" },
        { new CallLostException(Grain, "GetAsync"), HttpStatusCode.ServiceUnavailable, "outcome_unknown" },
        { new UnknownGrainMethodException("This silo has no grain type."), HttpStatusCode.ServiceUnavailable, "version_mismatch" },
        { new EngineStoppingException(), HttpStatusCode.ServiceUnavailable, "stopping" },
        { new LeaseLostException(Grain), HttpStatusCode.ServiceUnavailable, "lease_lost" },
        { new CallCycleException(["incident/awoooi/x.GetAsync", "incident/awoooi/x.GetAsync"]), HttpStatusCode.InternalServerError, "call_cycle" },
    };
}
