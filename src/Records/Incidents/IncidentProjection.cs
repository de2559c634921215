using AwoooP.Incidents;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>incidents</c>.</summary>
internal sealed class IncidentProjection() : Projection("records.incidents", ["public.incidents"], typeof(IncidentEvent))
{
    protected override Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken) =>
        IncidentTable.Instance.ApplyAsync(connection, events, IncidentFold.Begins, IncidentFold.Apply, cancellationToken);
}
