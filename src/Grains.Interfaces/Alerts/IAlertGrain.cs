using AwoooP.Commands;

namespace AwoooP.Alerts;

/// <summary>All alerts of one fingerprint. Key: <c>{project_id}/{fingerprint}</c>.</summary>
public interface IAlertGrain : IAggregateGrain
{
    /// <summary>Takes one batch of what senders said, in order; commits once. Idempotent: the same members again change nothing.</summary>
    Task<CommandResult> ReceiveAsync(ReceiveAlerts command, CancellationToken cancellationToken);

    /// <summary>Remembers the incident that this alert opened or joined.</summary>
    Task<CommandResult> LinkIncidentAsync(LinkIncident command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<AlertView?> GetAsync(CancellationToken cancellationToken);
}

public sealed record ReceiveAlerts(AlertIdentity Identity, AlertClassification Classification, IReadOnlyList<AlertMember> Members);

public sealed record LinkIncident(string IncidentId);

public sealed record AlertView(
    long Version,
    AlertIdentity Identity,
    AlertClassification Classification,
    AlertStatus Status,
    int HitCount,
    int FiringMembers,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    string? IncidentId);
