namespace AwoooP.Records;

/// <summary>How far the check of a project's chains came, and what it found.</summary>
/// <param name="Rows">Acts that were checked in this part.</param>
/// <param name="Heads">Signed heads that were checked in this part.</param>
/// <param name="UnknownKeys">Heads among them whose signature could not be checked, since their key is not known here.</param>
/// <param name="Fault">The first thing that is wrong; nothing is checked after it.</param>
/// <param name="Next">Where the next part begins; null when all was checked, or something is wrong.</param>
public sealed record AuditCheck(long Rows, long Heads, long UnknownKeys, AuditFault? Fault, string? Next)
{
    /// <summary>The log begins here: acts before were checked against their chain and the signed heads alone. Null when the log is whole.</summary>
    public DateTimeOffset? LogFrom { get; init; }

    /// <summary>Acts among <c>rows</c> that have left the log.</summary>
    public long Unlogged { get; init; }

    /// <summary>With the last part: chains that are right as far as they go, and cannot go on. 256 at most.</summary>
    public IReadOnlyList<HeldAuditChain> Held { get; init; } = [];
}

/// <summary>A chain that is held back by an event that cannot be applied: acts from there on have no row yet.</summary>
/// <param name="Position">Of the first event that is held back: <c>{generation}.{partition}.{seq}</c>.</param>
/// <param name="Events">How many are.</param>
public sealed record HeldAuditChain(int Partition, string Position, long Events);
