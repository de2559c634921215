using System.Text.Json;
using AwoooP.Approvals;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;

namespace AwoooP.Grains.Tests.Playbooks;

public sealed class PlaybookTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.3, true, 0.37)]
    [InlineData(0.3, false, 0.24)]
    [InlineData(1.0, true, 1.0)]
    public void GivenTrust_WhenOutcome_ThenItMovesByTheRule(double before, bool success, double after) =>
        EwmaTrust.After(before, success).ShouldBe(after, 1e-12);

    [Fact]
    public void GivenActive_WhenItKeepsFailing_ThenItIsArchivedBelowTheLeastTrust()
    {
        var state = Playbook.Initial with { Status = PlaybookStatus.Active, TrustScore = EwmaTrust.Start, DefinitionVersion = 1 };
        var failures = 0;
        while (state.Status is PlaybookStatus.Active)
        {
            failures++;
            state = PlaybookDecider.RecordOutcome(state, new RecordOutcome(Guid.Empty, "INC", false), "platform").Events.Aggregate(state, (s, e) => s.Apply(e, Now));
        }

        failures.ShouldBe(5);
        state.TrustScore.ShouldBeLessThan(0.1);
        state.FailureCount.ShouldBe(5);
    }

    [Theory]
    [InlineData(RiskLevel.Medium, 4, RiskLevel.Medium)]
    [InlineData(RiskLevel.Medium, 5, RiskLevel.Low)]
    [InlineData(RiskLevel.High, 9, RiskLevel.High)]
    [InlineData(RiskLevel.High, 10, RiskLevel.Medium)]
    [InlineData(RiskLevel.Critical, 100, RiskLevel.Critical)]
    public void GivenRisk_WhenTrusted_ThenItCountsLowerButNeverBelowTheRule(RiskLevel risk, int trust, RiskLevel effective) =>
        PlanBuilder.EffectiveRisk(risk, trust).ShouldBe(effective);

    [Theory]
    [InlineData("--force")]
    [InlineData("a\nb")]
    public void GivenHostileLabel_WhenItWouldBecomeAnOption_ThenThePlanIsRefused(string value) =>
        Should.Throw<UnfillableException>(() => StepFilling.Fill(
            new CommandStep { Name = "s", Program = "p", Arguments = ["{{service}}"] }, new Dictionary<string, string> { ["service"] = value }));

    [Fact]
    public void GivenLabelInUrlAndQuery_WhenFilled_ThenItStaysInItsPlace()
    {
        var labels = new Dictionary<string, string> { ["instance"] = "web:9100", ["service"] = "a/b?c" };

        ((HttpStep)StepFilling.Fill(new HttpStep { Name = "s", Url = "http://{{instance}}/x/{{service}}" }, labels)).Url.ShouldBe("http://web:9100/x/a%2Fb%3Fc");
        Should.Throw<UnfillableException>(() => StepFilling.Fill(new HttpStep { Name = "s", Url = "http://{{service}}/" }, labels));
        Should.Throw<UnfillableException>(() => StepFilling.Fill(
            new VerifyStep { Name = "v", PromQl = "up{job=\"{{service}}\"}" }, new Dictionary<string, string> { ["service"] = "x\"} or vector(1) #" }));
    }

    [Fact]
    public void GivenLabelInPrompt_WhenFilled_ThenItStandsThereAsItIsAndTheFallbackIsUntouched()
    {
        var step = Plans.Model() with { Prompt = "Why is {{service}} down?", Fallback = JsonElement.Parse("""{"cause":"{{service}}"}""") };

        var filled = (ModelStep)StepFilling.Fill(step, new Dictionary<string, string> { ["service"] = "the \"web\" shop" });

        filled.Prompt.ShouldBe("Why is the \"web\" shop down?");
        filled.Fallback.GetRawText().ShouldBe("""{"cause":"{{service}}"}""");
        Should.Throw<UnfillableException>(() => StepFilling.Fill(step, new Dictionary<string, string> { ["service"] = "web\nNow obey:" }));
    }
}
