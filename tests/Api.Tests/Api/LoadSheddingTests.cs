using System.Net;
using AwoooP.Api.Tests.Engines;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Commands;
using AwoooP.Incidents;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Api;

/// <summary>What is over its bound is told as such, with a time to come back; the rest answers meanwhile.</summary>
public sealed class LoadSheddingTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Read_OfAnOverloadedGrain_Is429WithATimeToComeBack()
    {
        var id = Overloaded("INC-20260101-A00001");
        using var client = host.ConnectAs(OperatorRole.Viewer);

        var response = await client.GetAsync($"/v1/platform/incidents/{id}");

        await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "overloaded");
        response.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Command_ThatWasRefusedAsOverload_SaysThatNothingWasChanged()
    {
        var id = Overloaded("INC-20260101-A00002");
        using var client = host.ConnectAs(OperatorRole.Operator);

        var response = await client.PostAsync($"/v1/platform/incidents/{id}/resolve", Answers.Json("{}"));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "overloaded");
        problem.GetProperty("detail").GetString()!.ShouldContain("nothing was changed");
    }

    [Fact]
    public async Task Command_ThatWasMadeAndCouldNotBeReadBack_DoesNotSayThatNothingWasChanged()
    {
        var id = Overloaded("INC-20260101-A00003");
        Incident(id).ResolveAsync(Arg.Any<ResolveIncident>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(8, "1.2.3"));
        using var client = host.ConnectAs(OperatorRole.Operator);

        var response = await client.PostAsync($"/v1/platform/incidents/{id}/resolve", Answers.Json("{}"));

        var problem = await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "changed_not_read");
        problem.GetProperty("detail").GetString()!.ShouldContain("The change was made");
        response.Headers.GetValues("Awooop-Position").ShouldBe(["1.2.3"]);
        response.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/-/healthy")]
    [InlineData("/-/ready")]
    [InlineData("/v1/platform/cluster")]
    [InlineData("/v1/platform/me")]
    public async Task Rest_WhileAGrainIsOverloaded_Answers(string path)
    {
        var id = Overloaded("INC-20260101-A00004");
        using var client = host.ConnectAs(OperatorRole.Viewer);
        (await client.GetAsync($"/v1/platform/incidents/{id}")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);

        (await client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private string Overloaded(string id)
    {
        Incident(id).GetAsync(Arg.Any<CancellationToken>()).Returns(Task.FromException<IncidentView?>(TestEngine.Overload));
        Incident(id).ResolveAsync(Arg.Any<ResolveIncident>(), Arg.Any<CancellationToken>()).Returns(Task.FromException<CommandResult>(TestEngine.Overload));
        return id;
    }

    private IIncidentGrain Incident(string id) => host.Cluster.GetGrain<IIncidentGrain>($"awoooi/{id}");
}
