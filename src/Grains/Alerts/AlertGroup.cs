namespace AwoooP.Alerts;

/// <summary>The news of one fingerprint in one batch of intake, in order.</summary>
internal sealed class AlertGroup(AlertIdentity identity, short partition)
{
    private readonly List<ReceivedMember> _items = [];
    private AlertClassification? _worstFiring;
    private AlertClassification? _last;

    public AlertIdentity Identity { get; } = identity;

    public short Partition { get; } = partition;

    public IReadOnlyList<ReceivedMember> Items => _items;

    public string? TraceId { get; private set; }

    /// <summary>That of the worst alert that fires; rules of one name may differ in severity.</summary>
    public AlertClassification Classification => _worstFiring ?? _last ?? throw new InvalidOperationException("The group is empty.");

    public void Add(ReceivedMember item, AlertClassification classification, string? traceId)
    {
        _items.Add(item);
        _last = classification;
        TraceId = traceId ?? TraceId;
        var fires = item.Member.EndsAt > item.Member.ReceivedAt;
        if (fires && (_worstFiring is null || classification.Severity < _worstFiring.Severity))
            _worstFiring = classification;
    }
}
