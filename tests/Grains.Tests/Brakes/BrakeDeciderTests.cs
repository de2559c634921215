using AwoooP.Aggregates;
using AwoooP.Brakes;

namespace AwoooP.Grains.Tests.Brakes;

public sealed class BrakeDeciderTests
{
    [Fact]
    public void GivenTheSameReason_WhenPausedAgain_ThenNothingChanges()
    {
        var paused = Apply(Brake.Initial, BrakeDecider.Pause(Brake.Initial, new Pause(null, "release"), "shop", "ann"));

        paused.Project!.By.ShouldBe("ann");
        BrakeDecider.Pause(paused, new Pause(null, "release"), "shop", "bob").ShouldBe(Decision<BrakeEvent>.Nothing);
        Apply(paused, BrakeDecider.Pause(paused, new Pause(null, "incident"), "shop", "bob")).Project!.Reason.ShouldBe("incident");
    }

    [Fact]
    public void GivenAPausedPlaybook_WhenResumed_ThenOnlyItsOwnBrakeIsOff()
    {
        var brake = Apply(Brake.Initial, BrakeDecider.Pause(Brake.Initial, new Pause(null, "release"), "shop", "ann"));
        brake = Apply(brake, BrakeDecider.Pause(brake, new Pause("PB-1", "broken"), "shop", "ann"));

        brake = Apply(brake, BrakeDecider.Resume(brake, new Resume("PB-1"), "shop", "ann"));

        brake.Playbooks.ShouldBeEmpty();
        brake.Project.ShouldNotBeNull();
        BrakeDecider.Resume(brake, new Resume("PB-1"), "shop", "ann").ShouldBe(Decision<BrakeEvent>.Nothing);
    }

    [Theory]
    [InlineData("shop", null, "", "out_of_range")]
    [InlineData("shop", "", "why", "invalid_playbook_id")]
    [InlineData(IBrakeGrain.Everything, "PB-1", "why", "invalid_scope")]
    public void GivenABadPause_WhenAsked_ThenRefused(string project, string? playbook, string reason, string code) =>
        BrakeDecider.Pause(Brake.Initial, new Pause(playbook, reason), project, "ann").Refusal!.Code.ShouldBe(code);

    private static Brake Apply(Brake brake, Decision<BrakeEvent> decision) => decision.Events.Aggregate(brake, (state, raised) => state.Apply(raised, default));
}
