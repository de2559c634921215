using Npgsql;

namespace AwoooP.Journal.Cuts;

/// <summary>What the journal cannot know that keeps months in the log.</summary>
public interface ICutObjection
{
    /// <summary>One sentence that says what needs the months, or null. Asked before the work and again in the transaction that drops them.</summary>
    /// <param name="owner">In a transaction of awooop_owner that sees the rows of every tenant.</param>
    /// <param name="plan">What would go.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    Task<string?> FindAsync(NpgsqlConnection owner, CutPlan plan, CancellationToken cancellationToken);
}
