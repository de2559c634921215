using AwoooP.Holds;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>awooop_legal_hold</c>, which whoever removes anything asks first.</summary>
internal sealed class LegalHoldProjection() : Projection(ProjectionName, ["public.awooop_legal_hold"], typeof(LegalHoldEvent))
{
    public const string ProjectionName = "records.legal_holds";

    protected override Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken) =>
        LegalHoldTable.Instance.ApplyAsync(connection, events, LegalHoldFold.Begins, LegalHoldFold.Apply, cancellationToken);
}
