using Npgsql;

namespace AwoooP.Journal.Storage;

/// <summary>What a fault of the database means to the journal, told by SqlState.</summary>
internal static class SqlFaults
{
    /// <summary>Raised by journal.commit_batch: this incarnation may no longer write.</summary>
    public const string Fenced = "JF001";

    /// <summary>Raised by journal.commit_batch: an aggregate, a command or a claim stands in the way.</summary>
    public const string Conflict = "JC001";

    /// <summary>Raised by journal.commit_batch: a project of the batch was taken out.</summary>
    public const string ProjectRemoved = "JR001";

    /// <summary>The state of the journal that a fault tells of.</summary>
    public static JournalState StateOf(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => JournalState.ReadOnly,
        PostgresException { SqlState: Fenced } => JournalState.Fenced,
        _ => JournalState.Unavailable,
    };

    /// <summary>
    /// True when the statement's content was refused, so that the same content will be refused again: data exceptions,
    /// broken constraints, a value too large for an index.
    /// </summary>
    public static bool IsContent(PostgresException error) =>
        error.SqlState.AsSpan(0, 2) is "22" or "23" or "54";

    /// <summary>True when the server is away or does not answer in time, or has ended what it was about.</summary>
    public static bool IsOutage(Exception error) => error is NpgsqlException or IOException or TimeoutException;
}
