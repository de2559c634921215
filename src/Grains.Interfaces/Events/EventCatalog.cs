using System.Collections.Frozen;

namespace AwoooP.Events;

/// <summary>Every event type that this build knows, by name and by CLR type.</summary>
public sealed class EventCatalog
{
    private readonly FrozenDictionary<string, EventType> _byName;
    private readonly FrozenDictionary<Type, EventType> _byClrType;

    public EventCatalog(IEnumerable<EventType> types)
    {
        var all = types.ToArray();
        _byName = all.ToFrozenDictionary(type => type.Name, StringComparer.Ordinal);
        _byClrType = all.ToFrozenDictionary(type => type.ClrType);
    }

    public static EventCatalog Default { get; } = new(
    [
        .. Alerts.AlertEventTypes.All,
        .. Incidents.IncidentEventTypes.All,
        .. Playbooks.PlaybookEventTypes.All,
        .. Trust.TrustEventTypes.All,
        .. Approvals.ApprovalEventTypes.All,
        .. Runs.RunEventTypes.All,
        .. Notifications.NotificationEventTypes.All,
        .. Kpis.KpiEventTypes.All,
        .. Brakes.BrakeEventTypes.All,
        .. Operators.OperatorEventTypes.All,
        .. Projects.ProjectEventTypes.All,
        .. Idempotency.IdempotencyEventTypes.All,
        .. Deliveries.DeadLetterEventTypes.All,
        .. Audit.AuditEventTypes.All,
        .. Contracts.ContractEventTypes.All,
        .. Budgets.BudgetEventTypes.All,
        .. Holds.LegalHoldEventTypes.All,
        .. Retention.RetentionEventTypes.All,
    ]);

    public IEnumerable<EventType> All => _byName.Values;

    /// <summary>Whether this build reads the type at this version. What it does not was written by a newer build.</summary>
    public bool Knows(string name, int version) => _byName.TryGetValue(name, out var type) && version <= type.Version;

    public EventType Of(object data) => _byClrType.TryGetValue(data.GetType(), out var type)
        ? type
        : throw new InvalidOperationException($"{data.GetType().Name} is not in the event catalogue.");

    public string NameOf<T>() => NameOf(typeof(T));

    public string NameOf(Type clrType) => _byClrType[clrType].Name;

    public object Decode(string name, int version, ReadOnlySpan<byte> data) => _byName.TryGetValue(name, out var type)
        ? type.Decode(version, data)
        : throw new InvalidOperationException($"'{name}' is not in the event catalogue.");
}
