using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Brakes;
using AwoooP.Budgets;
using AwoooP.Contracts;
using AwoooP.Deliveries;
using AwoooP.Incidents;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Records.Projecting;
using AwoooP.Runs;
using AwoooP.Trust;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills the timeline that people read and the log of what happened to alerts.</summary>
internal sealed class TimelineProjection() : Projection(
    "records.timeline",
    ["public.timeline_events", "public.alert_operation_log", "public.timeline_subject"],
    typeof(AlertResolved), typeof(IncidentEvent), typeof(ApprovalEvent), typeof(RunEvent), typeof(NotificationEvent),
    typeof(PlaybookEvent), typeof(TrustEvent), typeof(BrakeEvent), typeof(OperatorKeyEvent), typeof(ProjectEvent), typeof(DeadLetterEvent),
    typeof(BudgetSet), typeof(BudgetThresholdReached), typeof(BudgetKilled), typeof(BudgetReopened),
    typeof(ContractFoundUnusable))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        var subjects = await SubjectTable.MeetAsync(connection, events, cancellationToken);
        var lines = new List<TimelineLine>();
        var operations = new List<AlertOperationLine>();
        foreach (var next in events)
        {
            var subject = TimelineSubject.Concerns(next) ? subjects[SubjectKey.Of(next)] : null;
            if (Tell(next, subject) is { } entry)
                lines.Add(new TimelineLine(next, entry));
            if (AlertOperations.Of(next, subject) is { } operation)
                operations.Add(new AlertOperationLine(next, operation));
        }

        await TimelineStatements.InsertLines.ExecuteAsync(connection, lines, cancellationToken);
        await TimelineStatements.InsertOperations.ExecuteAsync(connection, operations, cancellationToken);
    }

    internal static TimelineEntry? Tell(DecodedEvent next, TimelineSubject? subject) => next.Data switch
    {
        RunEvent => RunTimeline.Tell(next, subject!),
        ApprovalEvent => ApprovalTimeline.Tell(next, subject!),
        NotificationEvent => NotificationTimeline.Tell(next, subject!),
        AlertResolved or IncidentEvent => IncidentTimeline.Tell(next),
        BudgetEvent => BudgetTimeline.Tell(next),
        _ => GovernanceTimeline.Tell(next),
    };
}
