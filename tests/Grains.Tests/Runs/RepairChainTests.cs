using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Events;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Notifications;
using AwoooP.Playbooks;
using AwoooP.Runs;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace AwoooP.Grains.Tests.Runs;

/// <summary>From the proposed plan over run and approval to the verified end, by reactions alone; every event is delivered twice.</summary>
public sealed class RepairChainTests
{
    private static readonly RepairPlan Plan = Plans.Of(Plans.Command("restart"), Plans.Verify());

    [Fact]
    public async Task Chain_FromProposedPlanToVote_ExecutesOnceAndTellsPeopleOnce()
    {
        var channel = new RecordingChannel();
        await using var platform = await StartAsync(Plan, channel);

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.WaitingApproval);
        var approval = await platform.ReadApprovalAsync();
        approval.Status.ShouldBe(ApprovalStatus.Pending);
        channel.Titles.ShouldContain("Approval needed: Restart the web shop on prod/web");

        platform.Clock.Advance(TimeSpan.FromSeconds(30));
        await platform.AcceptedAsync(platform.Approval.VoteAsync, new CastVote("ann", true, VoteChoice.Approve, "api_key", "go"));
        await SettleAsync(platform);

        (await platform.ReadRunAsync()).State.ShouldBe(RunState.Completed);
        (await platform.ReadApprovalAsync()).Status.ShouldBe(ApprovalStatus.Executed);
        platform.Ledger.Entries.Select(entry => entry.Step).ShouldBe(["restart", "verify"]);
        channel.Titles.ShouldBeUnique();
        channel.Titles.ShouldContain("Repair of prod/web is verified");
        var acted = platform.Journal.Events.Single(recorded => recorded.Type == "notification.acted_on");
        ((NotificationActedOn)EventCatalog.Default.Decode(acted.Type, acted.TypeVersion, acted.Data.Span)).TimeToActionSeconds.ShouldBe(30);
    }

    [Theory]
    [InlineData(AutonomyLevel.L1)]
    [InlineData(AutonomyLevel.L2)]
    public async Task Chain_BelowL3_ExecutesNothing(AutonomyLevel autonomy)
    {
        var plan = Plan with { Autonomy = autonomy };
        await using var platform = await StartAsync(plan);

        (await platform.AsAsync("test", platform.Run.GetAsync)).ShouldBeNull();
        (await platform.AsAsync("test", platform.Approval.GetAsync)).ShouldBeNull();
    }

    [Fact]
    public async Task Chain_WhenRejected_FailsTheRunUntouched()
    {
        await using var platform = await StartAsync(Plan);
        await platform.AcceptedAsync(platform.Approval.VoteAsync, new CastVote("ann", true, VoteChoice.Reject, "api_key", "no"));
        await SettleAsync(platform);

        await ShouldHaveEndedAsync(platform, RunState.Failed, RunErrors.Rejected, ApprovalStatus.Rejected);
    }

    [Fact]
    public async Task Chain_WhenNobodyVotes_EscalatesThenExpires()
    {
        await using var platform = await StartAsync(Plan);

        platform.Clock.Advance(TimeSpan.FromMinutes(10));
        await SettleAsync(platform);
        (await platform.ReadApprovalAsync()).Escalated.ShouldBeTrue();

        platform.Clock.Advance(TimeSpan.FromMinutes(5));
        await SettleAsync(platform);
        await ShouldHaveEndedAsync(platform, RunState.TimedOut, RunErrors.ApprovalExpired, ApprovalStatus.Expired);
    }

    [Fact]
    public async Task Chain_WhenTheIncidentIsOver_SupersedesWhatNobodyDecided()
    {
        await using var platform = await StartAsync(Plan);
        await CommitAsync(platform, new IncidentResolved(ResolutionKind.AlertCleared, "platform", null, null, platform.Now));
        await SettleAsync(platform);

        await ShouldHaveEndedAsync(platform, RunState.Cancelled, RunErrors.Superseded, ApprovalStatus.Superseded);
    }

    [Fact]
    public async Task Chain_WhenARunIsCancelledWhilePeopleDecide_EndsItsApproval()
    {
        await using var platform = await StartAsync(Plan);
        await platform.AcceptedAsync(platform.Run.CancelAsync, new CancelRun("not now"));
        await SettleAsync(platform);

        await ShouldHaveEndedAsync(platform, RunState.Cancelled, RunErrors.Cancelled, ApprovalStatus.Superseded);
    }

    /// <summary>The plan is proposed, and the chain has gone on to where people are needed.</summary>
    private static async Task<RunPlatform> StartAsync(RepairPlan plan, params INotificationChannel[] channels)
    {
        var platform = new RunPlatform(plan, channels);
        await CommitAsync(platform, new IncidentPlanProposed(plan));
        await SettleAsync(platform);
        return platform;
    }

    private static async Task ShouldHaveEndedAsync(RunPlatform platform, RunState state, string errorCode, ApprovalStatus status)
    {
        var run = await platform.ReadRunAsync();
        run.State.ShouldBe(state);
        run.ErrorCode.ShouldBe(errorCode);
        (await platform.ReadApprovalAsync()).Status.ShouldBe(status);
        platform.Ledger.Entries.ShouldBeEmpty();
        platform.Journal.Claims.ShouldBeEmpty();
        platform.Journal.Wakes.ShouldBeEmpty();
    }

    private static async Task SettleAsync(RunPlatform platform)
    {
        var options = Substitute.For<IOptionsMonitor<NotificationOptions>>();
        options.CurrentValue.Returns(new NotificationOptions { Routes = [new NotificationRoute { Recipient = "ops" }] });
        IReaction[] reactions =
        [
            new RunReactions(platform, platform.Journal, EventCatalog.Default),
            new ApprovalReactions(platform, EventCatalog.Default),
            new NotificationReactions(platform, EventCatalog.Default, options),
        ];
        for (var before = -1; before != platform.Journal.Events.Count;)
        {
            before = platform.Journal.Events.Count;
            await platform.DeliverAsync(reactions);
            await platform.WorkAsync(new WorkerLife(), "worker:1");
        }
    }

    private static async Task CommitAsync(RunPlatform platform, IncidentEvent raised)
    {
        var id = new AggregateId(AggregateTypes.Incident, $"{Plans.Project}/{Plan.IncidentId}");
        var type = EventCatalog.Default.Of(raised);
        var outcome = await platform.Journal.CommitAsync(
            new Commit
            {
                Id = id,
                ExpectedVersion = platform.Journal.Events.Count(recorded => recorded.Id == id),
                Events = [new NewEvent(type.Name, type.Version, type.Encode(raised))],
                State = default,
                StateVersion = 1,
                Actor = "platform",
                At = platform.Now,
            },
            CancellationToken.None);
        outcome.Status.ShouldBe(CommitStatus.Committed);
    }
}
