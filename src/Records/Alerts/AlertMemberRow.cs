using AwoooP.Alerts;

namespace AwoooP.Records;

/// <summary>One firing alert as its sender named it.</summary>
public sealed record AlertMemberRow
{
    public required string ProjectId { get; init; }
    public required string Fingerprint { get; init; }

    /// <summary>16 hex digits over the label set: what Alertmanager calls the fingerprint.</summary>
    public required string MemberId { get; init; }

    public required string Alertname { get; init; }
    public required string Namespace { get; init; }
    public required string Target { get; init; }
    public required Severity Severity { get; init; }
    public required string AlertCategory { get; init; }
    public required string NotificationType { get; init; }
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public required IReadOnlyDictionary<string, string> Annotations { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string? GeneratorUrl { get; init; }
    public required string Source { get; init; }
}
