using Npgsql;

namespace AwoooP.Journal.Cuts;

/// <summary>Rows that retention has removed from the live tables: what is made of the log must not bring them back.</summary>
public interface IRemovedRows
{
    /// <summary>Removes from copies of the record tables what retention has removed from the live ones.</summary>
    /// <param name="owner">In a transaction of awooop_owner that sees the tenants of all rows.</param>
    /// <param name="schema">Where the copies stand, under the names of the live tables.</param>
    /// <param name="upTo">
    /// Where in time the copies stand, when later events are still to be applied to them: what may have such an event is kept. Null when none are.
    /// </param>
    /// <param name="cancellationToken">Ends it; the transaction is then of no use.</param>
    Task LeaveOutAsync(NpgsqlConnection owner, string schema, DateTimeOffset? upTo, CancellationToken cancellationToken);
}
