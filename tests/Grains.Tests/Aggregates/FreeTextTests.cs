using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Brakes;
using AwoooP.Budgets;
using AwoooP.Commands;
using AwoooP.Deliveries;
using AwoooP.Grains.Tests.Budgets;
using AwoooP.Holds;
using AwoooP.Projects;

namespace AwoooP.Grains.Tests.Aggregates;

/// <summary>Reasons and comments: whoever is told one refuses it by the same rule and in the same words.</summary>
public sealed class FreeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly string Longest = new('x', FreeText.MaxLength);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public void Reason_NotSaid_IsRefusedByEveryOne(string? reason)
    {
        foreach (var refusal in AskedFor(reason!))
            ShouldBeOutOfRange(refusal, "$.reason");
    }

    [Fact]
    public void Reason_OfTheGreatestLength_IsTakenByEveryOne() => AskedFor(Longest).ShouldAllBe(refusal => refusal == null);

    [Fact]
    public void Reason_LongerThanThat_IsRefusedByEveryOne()
    {
        foreach (var refusal in AskedFor(Longest + "x"))
            ShouldBeOutOfRange(refusal, "$.reason");
    }

    [Fact]
    public void Comment_MayBeLeftOutAndIsBoundedAlike()
    {
        FreeText.RefuseTooLong("$.comment", null).ShouldBeNull();
        FreeText.RefuseTooLong("$.comment", Longest).ShouldBeNull();
        ShouldBeOutOfRange(
            ApprovalDecider.Vote(Approval.Initial, new CastVote("ann", true, VoteChoice.Approve, "api_key", Longest + "x"), Now).Refusal, "$.comment");
    }

    private static Refusal?[] AskedFor(string reason)
    {
        var (hold, of) = (Guid.CreateVersion7(Now), new WithheldEvent("incidents", "1.7.450", "incident awoooi/a", "incident.opened"));
        var held = LegalHolds.Initial.Apply(new LegalHoldPlaced(hold, null, "a law suit", "ann"), Now);
        var active = Project.Initial.Apply(new ProjectCreated(new ProjectConfiguration { Name = "Shop" }, "root"), Now);
        var suspended = active.Apply(new ProjectSuspended("moving house", "root"), Now);
        return
        [
            BrakeDecider.Pause(Brake.Initial, new Pause(null, reason), "shop", "ann").Refusal,
            DeadLetterDecider.Discard(new DiscardDeadLetter(of, reason), "ann").Refusal,
            LegalHoldDecider.Place(LegalHolds.Initial, new PlaceLegalHold(hold, null, reason), "ann").Refusal,
            LegalHoldDecider.Release(held, new ReleaseLegalHold(hold, reason), "ann").Refusal,
            ProjectDecider.Suspend(active, new SuspendProject(reason), "root").Refusal,
            ProjectDecider.Remove(suspended, new RemoveProject(reason), "root").Refusal,
            ApprovalDecider.Cancel(Pending, new CancelApproval(reason), "ann").Refusal,
            BudgetDecider.Set(Budget.Initial, new AccountTale().Terms, new SetBudget(new BudgetPlan(), reason), "ann", AccountTale.Start).Refusal,
            AuditTrailDecider.Deny(new DenyAct("VoteApproval", 403, "role_required", reason, null, null, null, null)).Refusal,
        ];
    }

    private static Approval Pending => Approval.Initial with
    {
        Status = ApprovalStatus.Pending,
        Plan = Harness.Plans.Of(Harness.Plans.Command("one")),
    };

    private static void ShouldBeOutOfRange(Refusal? refusal, string field)
    {
        (refusal.ShouldNotBeNull().Kind, refusal.Code).ShouldBe((RefusalKind.Invalid, "out_of_range"));
        var fault = refusal.InvalidFields.ShouldHaveSingleItem();
        (fault.Field, fault.Code, fault.Bound).ShouldBe((field, "out_of_range", "1..1000"));
    }
}
