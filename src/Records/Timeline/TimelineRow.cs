using System.Text.Json;

namespace AwoooP.Records;

/// <summary>One line of the timeline as the API answers it.</summary>
public sealed record TimelineRow
{
    public required string Id { get; init; }
    public required string ProjectId { get; init; }

    /// <summary>system, agent, security, human, exec or mcp_call.</summary>
    public required string EventType { get; init; }

    /// <summary>info, success, warning or error.</summary>
    public required string Status { get; init; }

    /// <summary>In the language that the request asks for (Accept-Language): English or Traditional Chinese.</summary>
    public required string Title { get; init; }
    public required string? Description { get; init; }
    public required string? Actor { get; init; }

    /// <summary>operator, agent, worker or platform.</summary>
    public required string? ActorRole { get; init; }

    public required string? RiskLevel { get; init; }
    public required string? ApprovalId { get; init; }
    public required string? IncidentId { get; init; }
    /// <summary>Facts of the event; <c>phrases</c> among them are title and description before they were put into a language.</summary>
    public required JsonElement? Details { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
