using Npgsql;

namespace AwoooP.Journal.Delivery;

/// <summary>
/// Fills record tables from the log, in bulk. The cursor moves in the same transaction, so each event is applied once.
/// A row depends on one aggregate's events only, and takes ids and times from them, so a rebuild gives the same rows.
/// </summary>
public interface IProjection
{
    /// <summary>Stable: names the cursor and the <c>Awooop-After</c> wait.</summary>
    string Name { get; }

    /// <summary>The tables it fills, as schema-qualified names; a rebuild shadows and swaps exactly these.</summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>The event types it wants.</summary>
    IReadOnlySet<string> EventTypes { get; }

    /// <summary>
    /// Whether rows of one project and partition build on each other, in the order of the log. An event that cannot be applied then holds back
    /// everything later of its project and partition, and not only of its aggregate.
    /// </summary>
    bool IsChained => false;

    /// <summary>
    /// Applies the events, which are in order within each partition, inside the given transaction (role awooop_app, tenants set).
    /// SQL must name its tables without schema: during a rebuild the search path points at the shadow tables.
    /// </summary>
    Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken);
}
