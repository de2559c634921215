using AwoooP.Commands;

namespace AwoooP.Alerts;

/// <summary>All alerts of one fingerprint. Key: <c>{project_id}/{fingerprint}</c>.</summary>
public interface IAlertGrain : IAggregateGrain
{
    /// <summary>Takes one batch of what senders said, in order; commits once, or not at all when nothing changed. What was taken before is passed over.</summary>
    Task<CommandResult> ReceiveAsync(ReceiveAlerts command, CancellationToken cancellationToken);

    /// <summary>Remembers the incident that this alert opened or joined.</summary>
    Task<CommandResult> LinkIncidentAsync(LinkIncident command, CancellationToken cancellationToken);

    [AlwaysInterleave]
    Task<AlertView?> GetAsync(CancellationToken cancellationToken);
}

/// <param name="Partition">The intake partition that the items come from.</param>
/// <param name="Items">By rising order.</param>
public sealed record ReceiveAlerts(AlertIdentity Identity, AlertClassification Classification, short Partition, IReadOnlyList<ReceivedMember> Items);

/// <param name="Order">As in <see cref="IntakeMark"/>.</param>
/// <param name="StartAssumed">As in <see cref="SentAlert"/>: a member that fires keeps the start it has.</param>
public sealed record ReceivedMember(long Order, AlertMember Member, bool StartAssumed = false);

public sealed record LinkIncident(string IncidentId);

public sealed record AlertView(
    long Version,
    AlertIdentity Identity,
    AlertClassification Classification,
    AlertStatus Status,
    int HitCount,
    int FiringMembers,
    AlertFrequency Frequency,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset LastSeenAt,
    string? IncidentId);
