using AwoooP.Approvals;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Runs;

namespace AwoooP.Grains.Tests.Aggregates;

/// <summary>What a refusal says may be done instead: what a person may ask for now, and never a trigger of the platform's own.</summary>
public sealed class OfferedActionsTests
{
    [Theory]
    [InlineData(PlaybookStatus.Draft, "revise, approve, archive")]
    [InlineData(PlaybookStatus.Approved, "revise, activate, archive")]
    [InlineData(PlaybookStatus.Active, "revise, archive")]
    [InlineData(PlaybookStatus.Archived, "restore")]
    public void GivenPlaybook_WhenCreatedAgain_ThenOnlyActionsOfPeopleAreNamed(PlaybookStatus status, string expected)
    {
        var refusal = PlaybookTransitions.Table.Decide(status, PlaybookTrigger.Create, default).Refusal!;

        string.Join(", ", refusal.Legal!).ShouldBe(expected);
        refusal.Message.ShouldEndWith($"possible: {expected}.");
    }

    [Theory]
    [InlineData(IncidentStatus.Investigating, "acknowledge, escalate, resolve, close")]
    [InlineData(IncidentStatus.Mitigating, "acknowledge, escalate, resolve")]
    [InlineData(IncidentStatus.Escalated, "acknowledge, resolve")]
    [InlineData(IncidentStatus.Resolved, "close")]
    [InlineData(IncidentStatus.Closed, "")]
    public void GivenIncident_WhenOpenedAgain_ThenOnlyActionsOfPeopleAreNamed(IncidentStatus status, string expected) =>
        string.Join(", ", IncidentTransitions.Table.Decide(status, IncidentTrigger.Open, default).Refusal!.Legal!).ShouldBe(expected);

    [Fact]
    public void GivenApprovalOrRun_WhenRefused_ThenOnlyActionsOfPeopleAreNamed()
    {
        ApprovalTransitions.Table.Decide(ApprovalStatus.Pending, ApprovalTrigger.Request, default).Refusal!.Legal.ShouldBe(["approve", "reject", "cancel"]);
        ApprovalTransitions.Table.Decide(ApprovalStatus.Approved, ApprovalTrigger.Approve, default).Refusal!.Legal.ShouldBe(["cancel"]);
        RunTransitions.Table.Decide(RunState.Running, RunTrigger.Claim, default).Refusal!.Legal.ShouldBe(["cancel"]);
        RunTransitions.Table.Decide(RunState.Completed, RunTrigger.Cancel, default).Refusal!.Legal.ShouldBeEmpty();
    }

    /// <summary>An action that a guard closes is not offered, though the state knows it.</summary>
    [Fact]
    public void GivenOwnDraft_WhenApproved_ThenApprovingIsNotOffered()
    {
        var refusal = PlaybookTransitions.Table.Decide(PlaybookStatus.Draft, PlaybookTrigger.Approve, new PlaybookFacts(NeedsAnother: true, WasApproved: false)).Refusal!;

        refusal.Code.ShouldBe("author_cannot_approve");
        refusal.Legal.ShouldBe(["revise", "archive"]);
    }
}
