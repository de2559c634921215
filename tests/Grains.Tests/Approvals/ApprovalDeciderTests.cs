using AwoooP.Aggregates;
using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Playbooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AwoooP.Grains.Tests.Approvals;

public sealed class ApprovalDeciderTests
{
    private static readonly ApprovalOptions Defaults = new();
    private static readonly DateTimeOffset Start = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly RepairPlan Standard = Plans.Of(Plans.Command("one"));
    private static readonly RepairPlan Critical = Standard with { ApprovalLevel = ApprovalLevel.Critical };

    [Fact]
    public void GivenOneApproval_WhenStandard_ThenGranted()
    {
        var decision = Vote(Pending(Standard), "ann");

        decision.Events.Last().ShouldBeOfType<ApprovalGranted>().By.ShouldBe("ann");
        decision.Wakes.ShouldAllBe(wake => wake.DueAt == null);
    }

    [Fact]
    public void GivenCritical_WhenOneVotesTwice_ThenCountedOnce()
    {
        var once = Apply(Pending(Critical), Vote(Pending(Critical), "ann"));
        once.Status.ShouldBe(ApprovalStatus.Pending);

        var again = Vote(once, "ann");

        again.Refusal!.Code.ShouldBe("already_voted");
        again.Refusal.Kind.ShouldBe(RefusalKind.Conflict);
        Apply(once, Vote(once, "bob")).Status.ShouldBe(ApprovalStatus.Approved);
    }

    [Theory]
    [InlineData(RiskLevel.Critical, RiskLevel.Medium)]
    [InlineData(RiskLevel.Medium, RiskLevel.Critical)]
    public void GivenACriticalRisk_WhenRequested_ThenTwoVotesWithinAnHour(RiskLevel risk, RiskLevel effective)
    {
        var approval = Pending(Standard with { Risk = risk, EffectiveRisk = effective });

        approval.RequiredVotes.ShouldBe(2);
        approval.ExpiresAt.ShouldBe(Start.AddMinutes(60));
    }

    [Fact]
    public void GivenNoApprover_WhenVoting_ThenForbidden()
    {
        var refusal = Vote(Pending(Standard), "ann", mayApprove: false).Refusal!;

        refusal.Code.ShouldBe("not_an_approver");
        refusal.Kind.ShouldBe(RefusalKind.Forbidden);
    }

    [Fact]
    public void GivenTheRequester_WhenItWouldBeTheOnlyApprover_ThenForbidden()
    {
        var refusal = Vote(Pending(Standard, requester: "ann"), "ann").Refusal!;

        refusal.Code.ShouldBe("requester_cannot_approve_alone");
        refusal.Kind.ShouldBe(RefusalKind.Forbidden);
        Vote(Pending(Standard, requester: "ann"), "ann", VoteChoice.Reject).Refusal.ShouldBeNull();
    }

    [Fact]
    public void GivenTheRequester_WhenAnotherMustApproveToo_ThenItsVoteCountsAsOne()
    {
        var pending = Pending(Critical, requester: "ann");
        var once = Apply(pending, Vote(pending, "ann"));

        Apply(once, Vote(once, "bob")).Status.ShouldBe(ApprovalStatus.Approved);
    }

    /// <summary>Who gave somebody a key may have kept the secret: such two are no two people.</summary>
    [Theory]
    [InlineData("platform", "bob", "ann", false)]
    [InlineData("platform", "bob", "local-admin,platform", true)]
    [InlineData("rex", "bob", "rex", false)]
    [InlineData("platform", "bob", "eve", false)]
    [InlineData("platform", "bob", "zoe", true)]
    public void GivenOneApproval_WhenCritical_ThenTheOtherMustBeASecondPerson(string requester, string voter, string issuers, bool counts)
    {
        var pending = Pending(Critical, requester);
        var once = Apply(pending, Vote(pending, "ann", issuers: "eve,local-admin,platform"));

        var vote = Vote(once, voter, issuers: issuers);

        if (counts)
            Apply(once, vote).Status.ShouldBe(ApprovalStatus.Approved);
        else
            (vote.Refusal!.Code, vote.Refusal.Kind).ShouldBe(("voter_not_independent", RefusalKind.Forbidden));
        Apply(once, Vote(once, voter, VoteChoice.Reject, issuers: issuers)).Status.ShouldBe(ApprovalStatus.Rejected);
    }

    [Fact]
    public void GivenOneRejection_WhenCritical_ThenItEnds()
    {
        var pending = Pending(Critical);
        var once = Apply(pending, Vote(pending, "ann"));

        Apply(once, Vote(once, "bob", VoteChoice.Reject)).Status.ShouldBe(ApprovalStatus.Rejected);
    }

    [Fact]
    public void GivenTimeIsOver_WhenTheWakeUpIsLate_ThenVotesAreRefusedAsExpiredBeforeAndAfter()
    {
        var pending = Pending(Standard);
        var over = Start.AddMinutes(15);

        Vote(pending, "ann", at: over).Refusal!.Code.ShouldBe("approval_expired");
        Vote(pending, "ann", at: over.AddTicks(-10)).Refusal.ShouldBeNull();

        var expired = Apply(pending, ApprovalDecider.Expire(pending, over));
        expired.Status.ShouldBe(ApprovalStatus.Expired);
        Vote(expired, "ann", at: over).Refusal!.Code.ShouldBe("approval_expired");
    }

    [Fact]
    public void GivenARequest_WhenMade_ThenItEscalatesAtTwoThirdsAndExpiresAtTheEnd()
    {
        var wakes = ApprovalDecider.Request(Approval.Initial, new RequestApproval(Standard, "d", "platform", 1), Defaults, Start).Wakes;

        wakes.Single(wake => wake.Name == "escalate").DueAt.ShouldBe(Start.AddMinutes(10));
        wakes.Single(wake => wake.Name == "expire").DueAt.ShouldBe(Start.AddMinutes(15));
    }

    [Fact]
    public void GivenAnotherLifetime_WhenRequested_ThenItHoldsForItsKind()
    {
        var options = new ApprovalOptions { Lifetime = TimeSpan.FromMinutes(3), CriticalLifetime = TimeSpan.FromHours(3) };

        Requested(Standard).ExpiresAt.ShouldBe(Start.AddMinutes(3));
        Requested(Critical).ExpiresAt.ShouldBe(Start.AddHours(3));

        ApprovalRequested Requested(RepairPlan plan) =>
            ApprovalDecider.Request(Approval.Initial, new RequestApproval(plan, "d", "platform", 1), options, Start).Events.Single().ShouldBeOfType<ApprovalRequested>();
    }

    [Theory]
    [InlineData("Lifetime", "00:00:00")]
    [InlineData("Lifetime", "8.00:00:00")]
    [InlineData("CriticalLifetime", "-00:01:00")]
    public void GivenALifetimeOutOfBounds_WhenRead_ThenRefused(string name, string value)
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Approvals:" + name, value)]).Build());
        using var provider = services.AddApprovals().BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<ApprovalOptions>>().Value);
    }

    [Fact]
    public void GivenTwoThirdsOver_WhenWoken_ThenEscalatedOnce()
    {
        var pending = Pending(Standard);
        var escalated = Apply(pending, ApprovalDecider.Escalate(pending, Start.AddMinutes(10)));

        escalated.Escalated.ShouldBeTrue();
        escalated.Status.ShouldBe(ApprovalStatus.Pending);
        ApprovalDecider.Escalate(escalated, Start.AddMinutes(11)).ShouldBe(Decision<ApprovalEvent>.Nothing);
        Apply(pending, ApprovalDecider.Escalate(pending, Start.AddMinutes(15))).Status.ShouldBe(ApprovalStatus.Expired);
    }

    [Fact]
    public void GivenApproved_WhenExecutionBegins_ThenOnlyForThisPlanAndThisRun()
    {
        var approved = Apply(Pending(Standard), Vote(Pending(Standard), "ann"));

        ApprovalDecider.BeginExecution(approved, new BeginExecution(Plans.RunId, new string('0', 64))).Refusal!.Code.ShouldBe("plan_mismatch");
        ApprovalDecider.BeginExecution(approved, new BeginExecution(Plans.ApprovalId, Plans.Hash)).Refusal!.Code.ShouldBe("plan_mismatch");
        var executing = Apply(approved, ApprovalDecider.BeginExecution(approved, new BeginExecution(Plans.RunId, Plans.Hash)));
        executing.Status.ShouldBe(ApprovalStatus.Executing);
        ApprovalDecider.BeginExecution(executing, new BeginExecution(Plans.RunId, Plans.Hash)).ShouldBe(Decision<ApprovalEvent>.Nothing);
        Apply(executing, ApprovalDecider.FinishExecution(executing, new FinishExecution(Plans.RunId, false, "E"))).Status.ShouldBe(ApprovalStatus.Failed);
    }

    /// <summary>Random votes of few people, with time passing: each person counts once, and what has ended stays as it is.</summary>
    [Fact]
    public void GivenAnyHistory_WhenPlayed_ThenVotesCountOnceAndEndsStay()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var now = Start;
            var approval = Pending(random.Next(2) == 0 ? Standard : Critical, random.Next(2) == 0 ? "ann" : "platform");
            for (var i = 0; i < 20; i++)
            {
                now += TimeSpan.FromMinutes(random.Next(6));
                var before = approval;
                approval = Apply(approval, random.Next(8) switch
                {
                    < 5 => Vote(approval, (string[])["ann", "bob", "cyd"] is var people ? people[random.Next(3)] : "", random.Next(6) == 0 ? VoteChoice.Reject : VoteChoice.Approve, random.Next(4) > 0, now),
                    5 => ApprovalDecider.Expire(approval, now),
                    6 => ApprovalDecider.BeginExecution(approval, new BeginExecution(Plans.RunId, Plans.Hash)),
                    _ => ApprovalDecider.FinishExecution(approval, new FinishExecution(Plans.RunId, true, null)),
                });

                approval.Votes.Select(vote => vote.UserId).ShouldBeUnique($"history {seed}");
                if (before.IsEnded)
                    approval.ShouldBe(before, $"history {seed}");
                if (approval.Status is ApprovalStatus.Approved or ApprovalStatus.Executing or ApprovalStatus.Executed)
                    Approvers(approval).Length.ShouldBeGreaterThanOrEqualTo(approval.RequiredVotes, $"history {seed}");
                if (approval.Status == ApprovalStatus.Approved)
                    Approvers(approval).ShouldNotBe([approval.RequestedBy], $"history {seed}");
            }
        }
    }

    private static string[] Approvers(Approval approval) => [.. approval.Votes.Where(vote => vote.Choice == VoteChoice.Approve).Select(vote => vote.UserId)];

    private static Approval Pending(RepairPlan plan, string requester = "platform") =>
        Apply(Approval.Initial, ApprovalDecider.Request(Approval.Initial, new RequestApproval(plan, "d", requester, 1), Defaults, Start));

    private static Decision<ApprovalEvent> Vote(
        Approval approval, string user, VoteChoice choice = VoteChoice.Approve, bool mayApprove = true, DateTimeOffset? at = null, string? issuers = null) =>
        ApprovalDecider.Vote(approval, new CastVote(user, mayApprove, choice, "api_key", null, issuers?.Split(',', StringSplitOptions.RemoveEmptyEntries)), at ?? Start.AddMinutes(1));

    private static Approval Apply(Approval approval, Decision<ApprovalEvent> decision) =>
        decision.Events.Aggregate(approval, (state, raised) => state.Apply(raised, Start));
}
