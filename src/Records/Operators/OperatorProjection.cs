using AwoooP.Operators;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills the tables of operators, their keys and their roles.</summary>
internal sealed class OperatorProjection() : Projection(
    "records.operators", ["public.awooop_operator", "public.awooop_operator_key", "public.awooop_role_binding"], typeof(OperatorKeyEvent))
{
    protected override async Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken)
    {
        List<DecodedEvent> issued = [.. events.Where(OperatorKeyFold.Begins)];
        await OperatorKeyTable.Instance.ApplyAsync(connection, events, OperatorKeyFold.Begins, OperatorKeyFold.Apply, cancellationToken);
        await OperatorStatements.Meet.ExecuteAsync(connection, issued, cancellationToken);
        await OperatorStatements.Bind.ExecuteAsync(connection, [.. issued.SelectMany(Bindings)], cancellationToken);
    }

    private static IEnumerable<RoleBinding> Bindings(DecodedEvent issued) =>
        ((OperatorKeyIssued)issued.Data).Roles.Select(role => new RoleBinding(issued, role.Key, role.Value));
}
