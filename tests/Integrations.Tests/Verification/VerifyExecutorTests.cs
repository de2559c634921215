using AwoooP.Integrations.Tests.Peers;
using AwoooP.Playbooks;
using AwoooP.Runs;
using AwoooP.Testing;

namespace AwoooP.Integrations.Tests.Verification;

/// <summary>Against a server that answers as Prometheus does, faults included, and a clock that the test moves.</summary>
public sealed class VerifyExecutorTests
{
    private const string Empty = """{"status":"success","data":{"resultType":"vector","result":[]}}""";
    private const string One = """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"webshop"},"value":[1768354200,"1"]}]}}""";

    [Fact]
    public async Task Execute_ConditionHoldsAtOnce_SucceedsWithWhatWasSeen()
    {
        await using var prometheus = await FaultyServer.StartAsync(200, One, "application/json");

        var outcome = await ExecuteAsync(prometheus, new VerifyStep { Name = "v", PromQl = "up{job=\"webshop\"} == 1" });

        outcome.Succeeded.ShouldBeTrue();
        outcome.Output!.ShouldContain("1 series");
        var request = prometheus.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("GET");
        request.Target.ShouldStartWith("/api/v1/query?query=up%7Bjob%3D%22webshop%22%7D%20%3D%3D%201&timeout=");
        request.Headers["traceparent"].ShouldStartWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
    }

    [Fact]
    public async Task Execute_ConsecutiveTries_StartAgainAfterAMiss()
    {
        var clock = new FakeClock();
        await using var prometheus = await FaultyServer.StartAsync((self, context) =>
            FaultyServer.WriteAsync(context, 200, self.Requests.Count == 2 ? Empty : One, "application/json"));
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Origin }, clock);

        var run = adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v", PromQl = "up", Consecutive = 2, IntervalSeconds = 3 }, Adapters.Context, default);
        await DriveAsync(run, clock, TimeSpan.FromSeconds(3));

        (await run).Succeeded.ShouldBeTrue();
        prometheus.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Execute_NeverHolds_FailsBeforeTheTimeOutWithWhatWasSeen()
    {
        var clock = new FakeClock();
        await using var prometheus = await FaultyServer.StartAsync(200, Empty, "application/json");
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Origin }, clock);

        var run = adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v", PromQl = "up", IntervalSeconds = 9 }, Adapters.Context, default);
        await DriveAsync(run, clock, TimeSpan.FromSeconds(9));

        (await run).ShouldBe(StepOutcome.Failure("condition_not_met", "0 series"));
        prometheus.Requests.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Execute_WrongExpression_FailsAtOnce()
    {
        await using var prometheus = await FaultyServer.StartAsync(400, """{"status":"error","errorType":"bad_data","error":"parse error"}""", "application/json");

        (await ExecuteAsync(prometheus, new VerifyStep { Name = "v", PromQl = "up{" })).ShouldBe(StepOutcome.Failure("promql_invalid", "bad_data: parse error"));
        prometheus.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Execute_PrometheusInTroubleForATime_IsAskedAgain()
    {
        var clock = new FakeClock();
        await using var prometheus = await FaultyServer.StartAsync((self, context) => self.Requests.Count switch
        {
            1 => FaultyServer.WriteAsync(context, 503, "starting"),
            2 => FaultyServer.ResetAsync(context),
            3 => FaultyServer.WriteAsync(context, 200, "not json"),
            _ => FaultyServer.WriteAsync(context, 200, One, "application/json"),
        });
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Origin }, clock);

        var run = adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v", PromQl = "up" }, Adapters.Context, default);
        await DriveAsync(run, clock, TimeSpan.FromSeconds(2));

        (await run).Succeeded.ShouldBeTrue();
    }

    [Fact]
    public async Task Execute_PrometheusHangs_CountsAsNoAnswer()
    {
        var clock = new FakeClock();
        await using var prometheus = await FaultyServer.StartAsync((self, context) => self.HangAsync(context));
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Origin, ["Prometheus:TimeoutSeconds"] = "29" }, clock);

        var run = adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v", PromQl = "up" }, Adapters.Context, default);
        await Eventually.BecomesTrueAsync(() => !prometheus.Requests.IsEmpty, "Prometheus was asked");
        clock.Advance(TimeSpan.FromSeconds(29));

        (await run).ErrorCode.ShouldBe("prometheus_timed_out");
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1768354200,"1"]}}""", true)]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1768354200,"0"]}}""", false)]
    [InlineData("""{"status":"success","data":{"resultType":"scalar","result":[1768354200,"NaN"]}}""", false)]
    [InlineData("""{"status":"success","warnings":["slow"],"data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0"]}]}}""", true)]
    public async Task Execute_KindsOfResult_HoldOrNot(string answer, bool holds)
    {
        await using var prometheus = await FaultyServer.StartAsync(200, answer, "application/json");
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Origin });
        var context = Adapters.Context with { Timeout = TimeSpan.FromSeconds(1) };

        (await adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v", PromQl = "x" }, context, default)).Succeeded.ShouldBe(holds);
    }

    [Fact]
    public async Task Execute_HttpCheck_HoldsOnTheExpectedStatus()
    {
        await using var server = await FaultyServer.StartAsync(204);
        await using var adapters = new Adapters(new() { ["Outbound:AllowedOrigins:0"] = server.Origin });

        var outcome = await adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v", Url = server.Origin + "/healthz", ExpectedStatus = 204 }, Adapters.Context, default);

        outcome.ShouldBe(StepOutcome.Success("HTTP 204"));
    }

    [Fact]
    public async Task Execute_NothingToCheckOrForbiddenAddress_FailsAtOnce()
    {
        await using var adapters = new Adapters([]);

        (await adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v" }, Adapters.Context, default)).ErrorCode.ShouldBe("condition_missing");
        (await adapters.Executor("verify").ExecuteAsync(new VerifyStep { Name = "v", Url = "http://other.test/" }, Adapters.Context, default)).ErrorCode.ShouldBe("origin_not_allowed");
    }

    [Fact]
    public async Task DryRun_ConditionDoesNotHold_SucceedsBecauseItCouldBeAsked()
    {
        await using var prometheus = await FaultyServer.StartAsync(200, Empty, "application/json");
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Origin });

        (await adapters.Executor("verify").DryRunAsync(new VerifyStep { Name = "v", PromQl = "up" }, Adapters.Context, default)).Succeeded.ShouldBeTrue();
    }

    private static async Task<StepOutcome> ExecuteAsync(FaultyServer prometheus, VerifyStep step)
    {
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Origin });
        return await adapters.Executor("verify").ExecuteAsync(step, Adapters.Context, default);
    }

    /// <summary>Moves the clock each time the executor waits for its next try.</summary>
    private static async Task DriveAsync(Task run, FakeClock clock, TimeSpan interval)
    {
        while (true)
        {
            await Eventually.BecomesTrueAsync(() => run.IsCompleted || clock.IsWaitedOn(interval), "the executor waits or is done");
            if (run.IsCompleted)
                return;
            clock.Advance(interval);
        }
    }
}
