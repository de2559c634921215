using System.Text.Json.Nodes;
using AwoooP.Wording;

namespace AwoooP.Records;

/// <summary>One row of <c>timeline_events</c> before it has its key, time and actor.</summary>
/// <param name="Type">system, agent, security, human or exec.</param>
/// <param name="Status">info, success, warning or error.</param>
internal sealed record TimelineEntry(string Type, string Status, Phrase Title)
{
    /// <summary>What somebody wrote: it stays in its own language. Where it is null, <see cref="Why"/> describes.</summary>
    public string? Description { get; init; }

    /// <summary>What describes the event in the reader's language.</summary>
    public Phrase? Why { get; init; }

    public string? IncidentId { get; init; }
    public string? ApprovalId { get; init; }
    public string? RiskLevel { get; init; }

    /// <summary>Who acted, where the event names someone else than its writer.</summary>
    public string? Actor { get; init; }

    public JsonObject Details { get; init; } = [];
}
