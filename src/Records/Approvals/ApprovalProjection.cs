using AwoooP.Approvals;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>approval_records</c>.</summary>
internal sealed class ApprovalProjection() : Projection("records.approvals", ["public.approval_records"], typeof(ApprovalEvent))
{
    protected override Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken) =>
        ApprovalTable.Instance.ApplyAsync(connection, events, ApprovalFold.Begins, ApprovalFold.Apply, cancellationToken);
}
