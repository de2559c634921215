using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Identity;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Projects;
using AwoooP.Reactions;
using AwoooP.Runs;
using Microsoft.Extensions.Options;

namespace AwoooP.Notifications;

/// <summary>
/// Tells people what needs them or what became of it, one notification a route, and notes on those about an approval what a person then did.
/// Ids derive from the matter and the route, so a redelivered event queues nothing twice, and a vote finds the notifications of its approval.
/// </summary>
internal sealed class NotificationReactions(IGrainFactory grains, EventCatalog events, IOptionsMonitor<NotificationOptions> options) : Reaction(events)
{
    public override string Name => "notifications";

    protected override IReadOnlyList<Type> Handled { get; } =
    [
        typeof(IncidentOpened),
        typeof(IncidentReopened),
        typeof(IncidentEscalated),
        typeof(IncidentResolved),
        typeof(ApprovalRequested),
        typeof(ApprovalEscalated),
        typeof(ApprovalVoted),
        typeof(RunCompleted),
        typeof(RunFailed),
        typeof(BudgetThresholdReached),
        typeof(BudgetKilled),
        typeof(ContractFoundUnusable),
    ];

    protected override async Task ReactAsync(RecordedEvent recorded, object data, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.Routes.Count == 0)
            return;

        if (data is ApprovalVoted voted)
        {
            await RecordVoteAsync(recorded, voted.Vote, cancellationToken);
            return;
        }

        if (NotificationContent.Of(recorded, data) is { } content && !(await grains.FindFlagsAsync(cancellationToken)).MuteNotifications)
            await QueueAsync(recorded, content, await SeverityOfAsync(recorded, data, content, cancellationToken), cancellationToken);
    }

    private async Task QueueAsync(RecordedEvent recorded, NotificationContent content, Severity severity, CancellationToken cancellationToken)
    {
        var routes = options.CurrentValue.Routes;
        for (var i = 0; i < routes.Count; i++)
        {
            var route = routes[i];
            if (!route.Wants(recorded.Id.ProjectId, severity, content.Type))
                continue;

            var id = IdOf(recorded.At, content.Matter, route);
            var command = new QueueNotification(
                id, route.Channel, content.Type, route.Recipient, content.Title, content.BodyWithLink(options.CurrentValue.PublicUrl, recorded.Id.ProjectId),
                content.IncidentId, content.ApprovalId);
            await SendAsync(recorded, i, token => Notification(recorded, id).QueueAsync(command, token), cancellationToken);
        }
    }

    /// <summary>A route that was not asked about this approval has no notification of it: not found is an answer.</summary>
    private async Task RecordVoteAsync(RecordedEvent recorded, Vote vote, CancellationToken cancellationToken)
    {
        var approvalId = Guid.Parse(recorded.Id.LocalKey);
        if (await grains.GetGrain<IApprovalGrain>(recorded.Id.Key).GetAsync(cancellationToken) is not { } approval)
            return;

        var action = new RecordNotificationAction(vote.Choice == VoteChoice.Approve ? "approved" : "rejected", vote.UserId, vote.Comment);
        var routes = options.CurrentValue.Routes;
        for (var i = 0; i < routes.Count; i++)
        {
            var id = IdOf(approval.RequestedAt, NotificationContent.MatterOf(approvalId), routes[i]);
            await SendAsync(recorded, i, token => Notification(recorded, id).RecordActionAsync(action, token), cancellationToken, NotificationRefusals.NotFound);
        }
    }

    private async Task<Severity> SeverityOfAsync(RecordedEvent recorded, object data, NotificationContent content, CancellationToken cancellationToken)
    {
        if (data is IncidentOpened opened)
            return opened.Classification.Severity;

        var incident = content.IncidentId is { } incidentId
            ? await grains.GetGrain<IIncidentGrain>($"{recorded.Id.ProjectId}/{incidentId}").GetAsync(cancellationToken)
            : null;

        // Unknown severity is told to everyone rather than to nobody.
        return incident?.Classification.Severity ?? Severity.P0;
    }

    private INotificationGrain Notification(RecordedEvent recorded, Guid id) => grains.GetGrain<INotificationGrain>($"{recorded.Id.ProjectId}/{id}");

    private static Guid IdOf(DateTimeOffset at, string matter, NotificationRoute route) => DerivedId.From(at, $"{matter}/{route.Channel}/{route.Recipient}");
}
