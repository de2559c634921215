using System.Collections.Frozen;
using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using Npgsql;

namespace AwoooP.Records.Projecting;

/// <summary>A projection that reads its events before it applies them.</summary>
internal abstract class Projection(string name, IReadOnlyList<string> tables, params Type[] events) : IProjection
{
    public string Name => name;

    public IReadOnlyList<string> Tables => tables;

    public IReadOnlySet<string> EventTypes { get; } = EventCatalog.Default.All
        .Where(type => events.Any(wanted => wanted.IsAssignableFrom(type.ClrType)))
        .Select(type => type.Name)
        .ToFrozenSet(StringComparer.Ordinal);

    public Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RecordedEvent> recorded, CancellationToken cancellationToken) =>
        ApplyAsync(connection, [.. recorded.Select(item => DecodedEvent.From(EventCatalog.Default, item))], cancellationToken);

    protected abstract Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken);
}
