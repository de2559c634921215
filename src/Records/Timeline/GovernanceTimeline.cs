using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Brakes;
using AwoooP.Deliveries;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using AwoooP.Trust;

namespace AwoooP.Records;

/// <summary>How events of playbooks, trust, brakes, operator keys and dead letters are told.</summary>
internal static class GovernanceTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next) => Playbook(next) ?? Trust(next.Data) ?? Guard(next);

    private static TimelineEntry? Playbook(DecodedEvent next)
    {
        TimelineEntry? entry = next.Data switch
        {
            PlaybookCreated created => new("human", "info", $"Playbook created: {created.Definition.Name}") { Actor = created.By },
            PlaybookRevised revised => new("human", "info", $"Playbook revised to version {revised.DefinitionVersion}: {revised.Definition.Name}")
            {
                Actor = revised.By,
                Description = revised.Reason,
            },
            PlaybookApproved approved => new("human", "success", $"Playbook approved by {approved.By}") { Actor = approved.By },
            PlaybookActivated activated => new("human", "success", $"Playbook activated: {activated.Definition.Name}") { Actor = activated.By },
            PlaybookArchived archived => new("human", "warning", "Playbook archived") { Actor = archived.By, Description = archived.Reason },
            PlaybookRestored restored => new("human", "info", "Playbook restored") { Actor = restored.By, Description = restored.Reason },
            PlaybookOutcomeRecorded outcome => new(
                "agent",
                outcome.Success ? "success" : "warning",
                string.Create(CultureInfo.InvariantCulture, $"Trust in the playbook moved from {outcome.TrustBefore:0.000} to {outcome.TrustAfter:0.000}"))
            {
                IncidentId = outcome.IncidentId,
                Details = new()
                {
                    ["run_id"] = outcome.RunId.ToString(),
                    ["success"] = outcome.Success,
                    ["success_count"] = outcome.SuccessCount,
                    ["failure_count"] = outcome.FailureCount,
                },
            },
            _ => null,
        };
        if (entry is not null)
            entry.Details["playbook_id"] = next.LocalKey;
        return entry;
    }

    private static TimelineEntry? Trust(object data) => data switch
    {
        TrustRaised raised => new("agent", "info", $"Trust in '{raised.ActionPattern}' raised to {raised.Score}")
        {
            Actor = raised.By,
            Details = new() { ["action_pattern"] = raised.ActionPattern, ["score"] = raised.Score },
        },
        TrustReset reset => new("agent", "warning", $"Trust in '{reset.ActionPattern}' reset")
        {
            Actor = reset.By,
            Details = new() { ["action_pattern"] = reset.ActionPattern, ["score"] = 0 },
        },
        _ => null,
    };

    private static TimelineEntry? Guard(DecodedEvent next) => next.Data switch
    {
        AutomationPaused paused => new("security", "warning", $"Automation paused: {Scope(next, paused.PlaybookId)}")
        {
            Actor = paused.By,
            Description = paused.Reason,
            Details = new() { ["playbook_id"] = paused.PlaybookId },
        },
        AutomationResumed resumed => new("security", "success", $"Automation resumed: {Scope(next, resumed.PlaybookId)}")
        {
            Actor = resumed.By,
            Details = new() { ["playbook_id"] = resumed.PlaybookId },
        },
        OperatorKeyIssued issued => new("security", "info", $"Operator key issued for {issued.OperatorId}")
        {
            Actor = issued.By,
            Details = new() { ["key_id"] = issued.KeyId },
        },
        OperatorKeyRevoked revoked => new("security", "warning", "Operator key revoked")
        {
            Actor = revoked.By,
            Description = revoked.Reason,
            Details = new() { ["key_id"] = next.LocalKey },
        },
        DeadLetterRetried retried => new("human", "info", $"Event delivered again: {retried.Event.EventType} to {retried.Event.Consumer}")
        {
            Actor = retried.By,
            Details = Withheld(next, retried.Event),
        },
        DeadLetterDiscarded discarded => new("human", "warning", $"Event given up: {discarded.Event.EventType} for {discarded.Event.Consumer}")
        {
            Actor = discarded.By,
            Description = discarded.Reason,
            Details = Withheld(next, discarded.Event),
        },
        _ => null,
    };

    private static JsonObject Withheld(DecodedEvent next, WithheldEvent withheld) => new()
    {
        ["dead_letter_id"] = next.LocalKey,
        ["consumer"] = withheld.Consumer,
        ["position"] = withheld.Position,
        ["aggregate"] = withheld.Aggregate,
        ["event_type"] = withheld.EventType,
    };

    private static string Scope(DecodedEvent next, string? playbookId) => playbookId is not null
        ? $"playbook {playbookId}"
        : next.ProjectId == IBrakeGrain.Everything ? "everything" : $"project {next.ProjectId}";
}
