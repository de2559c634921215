using AwoooP.Records.Projecting;
using AwoooP.Trust;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>trust_records</c>.</summary>
internal sealed class TrustProjection() : Projection("records.trust", ["public.trust_records"], typeof(TrustEvent))
{
    protected override Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken) =>
        TrustTable.Instance.ApplyAsync(connection, events, TrustFold.Begins, TrustFold.Apply, cancellationToken);
}
