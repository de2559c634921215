using System.Net;
using System.Text.Json;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Brakes;
using AwoooP.Operators;
using AwoooP.Runs;
using NSubstitute;

namespace AwoooP.Api.Tests.Api;

/// <summary>A run names the pause that holds it back.</summary>
public sealed class RunTests(FrontHost host) : IClassFixture<FrontHost>
{
    private static readonly Guid RunId = Guid.Parse("01990000-0000-7000-8000-000000000002");

    [Theory]
    [InlineData("everywhere", "here", "everywhere")]
    [InlineData(null, "here", "here")]
    [InlineData(null, null, "its playbook")]
    public async Task Run_WhilePausesHoldIt_NamesTheWidest(string? everywhere, string? project, string named)
    {
        Given(RunState.Pending);
        Paused(IBrakeGrain.Everything, everywhere);
        Paused("awoooi", project, "its playbook");

        (await HeldByAsync()).ShouldBe(named);
    }

    [Fact]
    public async Task Run_ThatHasEnded_IsHeldByNothing()
    {
        Given(RunState.Completed);
        Paused(IBrakeGrain.Everything, "everywhere");
        Paused("awoooi", "here");

        (await HeldByAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Run_WhileItsBrakeCannotBeAsked_IsToldWithoutIt()
    {
        Given(RunState.Pending);
        Paused(IBrakeGrain.Everything, null);
        host.Cluster.GetGrain<IBrakeGrain>($"awoooi/{IBrakeGrain.Key}").GetAsync(Arg.Any<CancellationToken>())
            .Returns(Task.FromException<BrakeView>(new TimeoutException()));

        (await HeldByAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Run_WhileItsBrakeDoesNotAnswer_IsToldWithoutIt()
    {
        Given(RunState.Pending);
        Paused(IBrakeGrain.Everything, null);
        host.Cluster.GetGrain<IBrakeGrain>($"awoooi/{IBrakeGrain.Key}").GetAsync(Arg.Any<CancellationToken>())
            .Returns(new TaskCompletionSource<BrakeView>().Task);

        (await HeldByAsync()).ShouldBeNull();
    }

    private void Given(RunState state) => host.Cluster.AnswerRun(RunId, state, new RunCause(RunErrors.Unverified));

    private void Paused(string project, string? reason, string? ofPlaybook = null)
    {
        var playbooks = new Dictionary<string, PauseEntry>();
        if (ofPlaybook is not null)
            playbooks[RepairPlans.PlaybookId] = Entry(ofPlaybook);
        host.Cluster.GetGrain<IBrakeGrain>($"{project}/{IBrakeGrain.Key}").GetAsync(Arg.Any<CancellationToken>())
            .Returns(new BrakeView(1, reason is null ? null : Entry(reason), playbooks));
    }

    private static PauseEntry Entry(string reason) => new("mei", reason, TimeProvider.System.GetUtcNow());

    private async Task<string?> HeldByAsync()
    {
        using var client = host.ConnectAs(OperatorRole.Viewer);
        var response = await client.GetAsync($"/v1/platform/runs/{RunId}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var held = (await response.JsonAsync()).GetProperty("held_by");
        return held.ValueKind == JsonValueKind.Null ? null : held.GetProperty("reason").GetString();
    }
}
