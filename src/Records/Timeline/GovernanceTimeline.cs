using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Brakes;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Deliveries;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Records.Projecting;
using AwoooP.Trust;
using AwoooP.Wording;

namespace AwoooP.Records;

/// <summary>How events of playbooks, trust, brakes, operator keys, projects, contracts and dead letters are told.</summary>
internal static class GovernanceTimeline
{
    public static TimelineEntry? Tell(DecodedEvent next) => Playbook(next) ?? Trust(next.Data) ?? Project(next.Data) ?? Guard(next);

    private static TimelineEntry? Playbook(DecodedEvent next)
    {
        TimelineEntry? entry = next.Data switch
        {
            PlaybookCreated created => new("human", "info", Phrase.Of("playbook_created", ("name", created.Definition.Name))) { Actor = created.By },
            PlaybookRevised revised => new("human", "info", Phrase.Of(
                "playbook_revised", ("version", revised.DefinitionVersion.ToString(CultureInfo.InvariantCulture)), ("name", revised.Definition.Name)))
            {
                Actor = revised.By,
                Description = revised.Reason,
            },
            PlaybookApproved approved => new("human", "success", Phrase.Of("playbook_approved", ("by", approved.By))) { Actor = approved.By },
            PlaybookActivated activated => new("human", "success", Phrase.Of("playbook_activated", ("name", activated.Definition.Name))) { Actor = activated.By },
            // The platform archives for one reason alone.
            PlaybookArchived archived when Actors.RoleOf(archived.By) == Actors.Platform => new("agent", "warning", Phrase.Of("playbook_archived"))
            {
                Actor = archived.By,
                Why = Phrase.Of("trust_lost"),
            },
            PlaybookArchived archived => new("human", "warning", Phrase.Of("playbook_archived")) { Actor = archived.By, Description = archived.Reason },
            PlaybookRestored restored => new("human", "info", Phrase.Of("playbook_restored")) { Actor = restored.By, Description = restored.Reason },
            PlaybookOutcomeRecorded outcome => new(
                "agent",
                outcome.Success ? "success" : "warning",
                Phrase.Of("trust_moved", ("before", Share(outcome.TrustBefore)), ("after", Share(outcome.TrustAfter))))
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
        TrustRaised raised => new("agent", "info", Phrase.Of(
            "trust_raised", ("pattern", raised.ActionPattern), ("score", raised.Score.ToString(CultureInfo.InvariantCulture))))
        {
            Actor = raised.By,
            Details = new() { ["action_pattern"] = raised.ActionPattern, ["score"] = raised.Score },
        },
        TrustReset reset => new("agent", "warning", Phrase.Of("trust_reset", ("pattern", reset.ActionPattern)))
        {
            Actor = reset.By,
            Details = new() { ["action_pattern"] = reset.ActionPattern, ["score"] = 0 },
        },
        _ => null,
    };

    private static TimelineEntry? Project(object data) => data switch
    {
        ProjectCreated created => new("human", "info", Phrase.Of("project_created", ("name", created.Configuration.Name))) { Actor = created.By },
        ProjectConfigured configured => new("human", "info", Phrase.Of("project_configured", ("name", configured.Configuration.Name))) { Actor = configured.By },
        ProjectSuspended suspended => new("security", "warning", Phrase.Of("project_suspended")) { Actor = suspended.By, Description = suspended.Reason },
        ProjectResumed resumed => new("security", "success", Phrase.Of("project_resumed")) { Actor = resumed.By, Description = resumed.Reason },
        ProjectRemovalBegun begun => new("security", "warning", Phrase.Of("project_removal_begun")) { Actor = begun.By, Description = begun.Reason },
        ProjectRemovalAbandoned abandoned => new("security", "info", Phrase.Of("project_removal_abandoned")) { Actor = abandoned.By, Description = abandoned.Reason },
        _ => null,
    };

    private static TimelineEntry? Guard(DecodedEvent next) => next.Data switch
    {
        AutomationPaused paused => new("security", "warning", Scope("paused", next, paused.PlaybookId))
        {
            Actor = paused.By,
            Description = paused.Reason,
            Details = new() { ["playbook_id"] = paused.PlaybookId },
        },
        AutomationResumed resumed => new("security", "success", Scope("resumed", next, resumed.PlaybookId))
        {
            Actor = resumed.By,
            Details = new() { ["playbook_id"] = resumed.PlaybookId },
        },
        OperatorKeyIssued issued => new("security", "info", Phrase.Of("key_issued", ("operator", issued.OperatorId)))
        {
            Actor = issued.By,
            Details = new() { ["key_id"] = issued.KeyId },
        },
        OperatorKeyRevoked revoked => new("security", "warning", Phrase.Of("key_revoked"))
        {
            Actor = revoked.By,
            Description = revoked.Reason,
            Details = new() { ["key_id"] = next.LocalKey },
        },
        OperatorKeyRotated rotated => new("security", "info", Phrase.Of("key_rotated"))
        {
            Actor = rotated.By,
            Details = new() { ["key_id"] = next.LocalKey },
        },
        ContractFoundUnusable found => new("security", "error", ContractText.Title(next.LocalKey, found))
        {
            Why = ContractText.Why(found),
            Details = new() { ["contract_id"] = next.LocalKey, ["version"] = found.Number, ["error_code"] = found.ErrorCode },
        },
        DeadLetterRetried retried => new("human", "info", Phrase.Of(
            "dead_letter_retried", ("event", retried.Event.EventType), ("consumer", retried.Event.Consumer)))
        {
            Actor = retried.By,
            Details = Withheld(next, retried.Event),
        },
        DeadLetterDiscarded discarded => new("human", "warning", Phrase.Of(
            "dead_letter_discarded", ("event", discarded.Event.EventType), ("consumer", discarded.Event.Consumer)))
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

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    private static Phrase Scope(string what, DecodedEvent next, string? playbookId) => playbookId is not null
        ? Phrase.Of($"{what}_playbook", ("playbook", playbookId))
        : next.ProjectId == IBrakeGrain.Everything ? Phrase.Of($"{what}_everything") : Phrase.Of($"{what}_project", ("project", next.ProjectId));
}
