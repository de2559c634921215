using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Playbooks;

/// <summary>What could never be carried out is refused before people sign it.</summary>
public sealed class StepRulesTests
{
    private static readonly StepRules Rules = new([new NothingAllowed("http"), new NothingAllowed("command")]);

    [Fact]
    public void GivenStepsThatAreNotAllowed_WhenLookedAt_ThenEveryOneIsNamedWithItsField() =>
        Rules.Find(Definition(
            new CommandStep { Name = "Restart", Program = "restart", Rollback = new HttpStep { Name = "Undo", Url = "http://web/undo" } },
            new WaitStep { Name = "Settle", Seconds = 1 },
            new HttpStep { Name = "Call", Url = "http://web/{{service}}" }))
        .ShouldBe(
        [
            new PlaybookFinding("$.steps[0].program", "program_not_allowed"),
            new PlaybookFinding("$.steps[0].rollback.url", "origin_not_allowed"),
            new PlaybookFinding("$.steps[2].url", "origin_not_allowed"),
        ]);

    [Theory]
    [InlineData("http://{{instance}}/restart")]
    [InlineData("http://web:{{port}}")]
    public void GivenOriginThatALabelDecides_WhenLookedAt_ThenItIsLeftToThePlan(string url) =>
        Rules.Find(Definition(new HttpStep { Name = "Call", Url = url })).ShouldBeEmpty();

    [Fact]
    public void GivenArgumentsThatLabelsDecide_WhenLookedAt_ThenOnlyTheOthersAre()
    {
        var step = (CommandStep)SettledStep.Of(new CommandStep { Name = "r", Program = "r", Arguments = ["a", "{{b}}", "c"], DryRunArguments = ["{{b}}"] })!;

        step.Arguments.ShouldBe(["a", "c"]);
        step.DryRunArguments.ShouldBe([]);
    }

    [Fact]
    public void GivenPlaybookThatOnlySuggests_WhenLookedAt_ThenItNeedsNobodysLeave() =>
        Rules.Find(Definition(new HttpStep { Name = "Call", Url = "http://web/" }) with { Autonomy = AutonomyLevel.L2 }).ShouldBeEmpty();

    [Fact]
    public void GivenApprovedPlaybook_WhenActivatedAgainstTheSettings_ThenRefusedInWordsWithItsField()
    {
        var playbook = new Playbook { Status = PlaybookStatus.Approved, Definition = Definition(new HttpStep { Name = "Call", Url = "http://web/" }), DefinitionVersion = 1 };

        var refusal = PlaybookDecider.Activate(playbook, Rules.Find(playbook.Definition), "ann").Refusal.ShouldNotBeNull();

        refusal.Kind.ShouldBe(RefusalKind.Invalid);
        refusal.Code.ShouldBe("origin_not_allowed");
        refusal.Field.ShouldBe("$.steps[0].url");
        refusal.Message.ShouldBe("$.steps[0].url: The address is not at an origin that steps may call (Integrations:Outbound:AllowedOrigins).");
        PlaybookDecider.Activate(playbook, [], "ann").Refusal.ShouldBeNull();
    }

    [Fact]
    public void GivenPlaybookWithoutVerification_WhenLookedAt_ThenItWarns()
    {
        var unverified = new Playbook { Definition = Definition(new WaitStep { Name = "Settle", Seconds = 1 }) };
        var verified = new Playbook { Definition = Definition(new VerifyStep { Name = "Up", PromQl = "up == 1" }) };

        PlaybookDecider.Warnings(unverified, []).ShouldBe([new PlaybookFinding("$.steps", PlaybookFinding.NotVerified)]);
        PlaybookDecider.Warnings(verified, []).ShouldBeEmpty();
    }

    private static PlaybookDefinition Definition(params RepairStep[] steps) => new()
    {
        Name = "Restart",
        Match = new PlaybookMatch { AlertNames = ["Down"] },
        Steps = steps,
        ActionPattern = "restart",
        RequiresApproval = ApprovalLevel.Standard,
    };

    private sealed class NothingAllowed(string kind) : IStepExecutor
    {
        public string Kind => kind;

        public Task<StepOutcome> ExecuteAsync(RepairStep step, StepContext context, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<StepOutcome> DryRunAsync(RepairStep step, StepContext context, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public StepObstacle? FindObstacle(RepairStep step) =>
            step is HttpStep ? new StepObstacle("origin_not_allowed", "url") : new StepObstacle("program_not_allowed", "program");
    }
}
