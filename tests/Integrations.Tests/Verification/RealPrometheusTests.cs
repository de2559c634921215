using AwoooP.Integrations.Tests.Peers;
using AwoooP.Playbooks;

namespace AwoooP.Integrations.Tests.Verification;

public sealed class RealPrometheusTests(RealPrometheus prometheus) : IClassFixture<RealPrometheus>
{
    [Theory]
    [InlineData("up{job=\"self\"} == 1", true, null)]
    [InlineData("vector(1) == 1", true, null)]
    [InlineData("vector(1) == 2", false, "condition_not_met")]
    [InlineData("absent(no_such_metric)", true, null)]
    [InlineData("scalar(vector(0))", false, "condition_not_met")]
    [InlineData("up{", false, "promql_invalid")]
    [InlineData("label_replace(vector(1), \"bad-name\", \"x\", \"y\", \"z\")", false, "promql_invalid")]
    public async Task Execute_Expression_IsJudgedByARealPrometheus(string promQl, bool succeeds, string? errorCode)
    {
        await using var adapters = new Adapters(new() { ["Prometheus:Url"] = prometheus.Address.AbsoluteUri });
        var step = new VerifyStep { Name = "v", PromQl = promQl, IntervalSeconds = 1 };

        // A condition that is to hold may need a scrape first; one that never will gets one try.
        var context = Adapters.Context with { Timeout = succeeds ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(1) };
        var outcome = await adapters.Executor("verify").ExecuteAsync(step, context, default);

        outcome.Succeeded.ShouldBe(succeeds, outcome.Output);
        outcome.ErrorCode.ShouldBe(errorCode);
    }
}
