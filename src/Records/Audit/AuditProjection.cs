using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using Npgsql;

namespace AwoooP.Records;

/// <summary>
/// Fills <c>awooop_audit_event</c> from the log: one row for each event that is an act, linked to the row before it in project and partition.
/// The order of the chain is that of the log, so a rebuild gives the same hashes.
/// </summary>
internal sealed class AuditProjection : IProjection
{
    public const string ProjectionName = "records.audit";

    public string Name => ProjectionName;

    public IReadOnlyList<string> Tables { get; } = ["public.awooop_audit_event"];

    public IReadOnlySet<string> EventTypes => AuditActs.Types;

    public bool IsChained => true;

    public async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken)
    {
        var acts = events.Where(AuditActs.IsAct).ToList();
        if (acts.Count == 0)
            return;

        var ends = await AuditTable.ReadEndsAsync(connection, [.. acts.Select(AuditChain.Of).Distinct()], cancellationToken);
        var entries = new List<AuditEntry>(acts.Count);
        foreach (var recorded in acts)
        {
            var chain = AuditChain.Of(recorded);
            var end = ends.GetValueOrDefault(chain, AuditLink.Start);
            if (recorded.Position.Seq <= end.Seq)
                throw new DeterministicFaultException($"The audit chain has a row at {end.Seq} before the log's event at {recorded.Position} was written there: it is not the platform's.");

            var entry = AuditEntry.Of(recorded, end);
            entries.Add(entry);
            ends[chain] = entry.Link;
        }

        await AuditTable.Insert.ExecuteAsync(connection, entries, cancellationToken);
    }
}
