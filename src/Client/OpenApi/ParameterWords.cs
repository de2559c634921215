using System.Collections.Frozen;
using Microsoft.OpenApi;

namespace AwoooP.Client.OpenApi;

/// <summary>What parameters mean that are called the same wherever they stand. Where one means something else, its handler says so.</summary>
internal static class ParameterWords
{
    private static readonly FrozenDictionary<(ParameterLocation? Place, string Name), string> All = new Dictionary<(ParameterLocation? Place, string Name), string>
    {
        [(ParameterLocation.Path, "account")] = "agent:ID, incident:ID or run:ID.",
        [(ParameterLocation.Path, "approval_id")] = "The approval's id.",
        [(ParameterLocation.Path, "dead_letter_id")] = "The dead letter's id.",
        [(ParameterLocation.Path, "hold_id")] = "The legal hold's id.",
        [(ParameterLocation.Path, "incident_id")] = "The incident's id, INC-...",
        [(ParameterLocation.Path, "key_id")] = "The public part of the key.",
        [(ParameterLocation.Path, "kind")] = "agent, tool, playbook, policy, channel or decision.",
        [(ParameterLocation.Path, "name")] = "The contract's name within its kind.",
        [(ParameterLocation.Path, "playbook_id")] = "The playbook's id, PB-...",
        [(ParameterLocation.Path, "position")] = "A place in the log: generation, partition and number, with dots.",
        [(ParameterLocation.Path, "project_id")] = "The project.",
        [(ParameterLocation.Path, "run_id")] = "The run's id.",
        [(ParameterLocation.Path, "version")] = "The number of a version, from 1 on.",
        [(ParameterLocation.Query, "act")] = "Only this act, e.g. approval.voted.",
        [(ParameterLocation.Query, "active")] = "With false there are none: all that are listed are active.",
        [(ParameterLocation.Query, "actor")] = "Only what this operator, agent:ID, worker:ID or platform did.",
        [(ParameterLocation.Query, "agent_id")] = "Only of this agent.",
        [(ParameterLocation.Query, "approval_id")] = "Only of this approval.",
        [(ParameterLocation.Query, "category")] = "Only alerts of this category.",
        [(ParameterLocation.Query, "cursor")] = "Where the page begins: next_cursor of the page before, asked with the same filters. The first page without it.",
        [(ParameterLocation.Query, "filter")] = "A matcher of labels, name=\"value\", with =, !=, =~ or !~. Several must all hold.",
        [(ParameterLocation.Query, "incident_id")] = "Only of this incident.",
        [(ParameterLocation.Query, "inhibited")] = "Taken and of no effect: nothing is inhibited here.",
        [(ParameterLocation.Query, "kind")] = "Only those of this kind.",
        [(ParameterLocation.Query, "limit")] = "Rows of the page, at most.",
        [(ParameterLocation.Query, "model")] = "Only of this model.",
        [(ParameterLocation.Query, "object_id")] = "Only what was done to this incident, approval, run and so on.",
        [(ParameterLocation.Query, "open")] = "Only those that are open, or only those that were released.",
        [(ParameterLocation.Query, "operator_id")] = "Only of this operator.",
        [(ParameterLocation.Query, "outcome")] = "Only acts with this outcome.",
        [(ParameterLocation.Query, "reason")] = "Why; it stands in the audit trail.",
        [(ParameterLocation.Query, "receiver")] = "A regular expression for the receiver's name, as a whole.",
        [(ParameterLocation.Query, "revoked")] = "Only those that were revoked, or only those that were not.",
        [(ParameterLocation.Query, "run_id")] = "Only of this run.",
        [(ParameterLocation.Query, "scope")] = "The project's own, or what belongs to no project, for an admin of every project.",
        [(ParameterLocation.Query, "severity")] = "Only those of this severity.",
        [(ParameterLocation.Query, "silenced")] = "Taken and of no effect: nothing is silenced here.",
        [(ParameterLocation.Query, "since")] = "Not before this time (ISO 8601; UTC when it names no offset).",
        [(ParameterLocation.Query, "state")] = "Only those in this state.",
        [(ParameterLocation.Query, "status")] = "Only those in this state.",
        [(ParameterLocation.Query, "success")] = "Only those that succeeded, or only those that failed.",
        [(ParameterLocation.Query, "unprocessed")] = "Taken and of no effect: all that are listed were taken in.",
        [(ParameterLocation.Query, "until")] = "Before this time (ISO 8601; UTC when it names no offset).",
    }.ToFrozenDictionary();

    /// <returns>Null when nothing is known of it; a test holds the document to have words for all.</returns>
    public static string? Of(ParameterLocation? place, string name) => All.GetValueOrDefault((place, name));
}
