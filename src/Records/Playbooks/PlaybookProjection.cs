using AwoooP.Playbooks;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>playbooks</c>.</summary>
internal sealed class PlaybookProjection() : Projection("records.playbooks", ["public.playbooks"], typeof(PlaybookEvent))
{
    protected override Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken) =>
        PlaybookTable.Instance.ApplyAsync(connection, events, PlaybookFold.Begins, PlaybookFold.Apply, cancellationToken);
}
