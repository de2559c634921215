using AwoooP.Events;
using AwoooP.Journal;

namespace AwoooP.Records.Tests;

/// <summary>Makes recorded events as the log would hold them: gapless per partition, versions per aggregate, time moving on.</summary>
internal sealed class EventLog(string projectId)
{
    private readonly Dictionary<AggregateId, long> _versions = [];
    private readonly List<RecordedEvent> _events = [];
    private DateTimeOffset _now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public string ProjectId => projectId;

    public IReadOnlyList<RecordedEvent> Events => _events;

    public DateTimeOffset Now => _now;

    /// <summary>Each append is a commit of its own, a second after the one before.</summary>
    public EventLog Append(string type, string localKey, string actor, params object[] data)
    {
        _now += TimeSpan.FromSeconds(1);
        var id = new AggregateId(type, $"{projectId}/{localKey}");
        foreach (var item in data)
        {
            var version = _versions[id] = _versions.GetValueOrDefault(id) + 1;
            var eventType = EventCatalog.Default.Of(item);
            _events.Add(new RecordedEvent
            {
                Position = new Position(1, 7, _events.Count + 1),
                Id = id,
                Version = version,
                Type = eventType.Name,
                TypeVersion = eventType.Version,
                Data = eventType.Encode(item),
                Actor = actor,
                At = _now,
                TraceId = "4bf92f3577b34da6a3ce929d0e0e4736",
            });
        }

        return this;
    }
}
