using AwoooP.Budgets;
using AwoooP.Records.Projecting;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Fills <c>budget_ledger</c> with what the projects' accounts were charged. The other accounts tell of the same money once more.</summary>
internal sealed class BudgetProjection() : Projection("records.budgets", ["public.budget_ledger"], typeof(SpendingSettled), typeof(ReservationExpired))
{
    protected override Task ApplyAsync(NpgsqlConnection connection, List<DecodedEvent> events, CancellationToken cancellationToken) =>
        LedgerStatements.Insert.ExecuteAsync(connection, [.. events.Where(static next => next.LocalKey == BudgetAccount.Project)], cancellationToken);
}
