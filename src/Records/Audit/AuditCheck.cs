namespace AwoooP.Records;

/// <summary>How far the check of a project's chains came, and what it found.</summary>
/// <param name="Rows">Acts that were checked in this part.</param>
/// <param name="Heads">Signed heads that were checked in this part.</param>
/// <param name="UnknownKeys">Heads among them whose signature could not be checked, since their key is not known here.</param>
/// <param name="Fault">The first thing that is wrong; nothing is checked after it.</param>
/// <param name="Next">Where the next part begins; null when all was checked, or something is wrong.</param>
public sealed record AuditCheck(long Rows, long Heads, long UnknownKeys, AuditFault? Fault, string? Next);
