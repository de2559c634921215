using AwoooP.Journal;
using AwoooP.Records.Reading;

namespace AwoooP.Records;

/// <summary>Where a check of audit chains goes on: among the rows or among the heads, after a position.</summary>
internal readonly record struct AuditPlace(bool InHeads, Position? After)
{
    /// <summary>All rows have been checked.</summary>
    public const string FirstHead = "heads";

    private const string Rows = "rows";

    public override string ToString() => $"{(InHeads ? FirstHead : Rows)}.{After}";

    /// <exception cref="InvalidCursorException">The text is none that a check has answered.</exception>
    public static AuditPlace Parse(string? text)
    {
        if (text is null)
            return default;
        if (text == FirstHead)
            return new AuditPlace(InHeads: true, null);
        if (text.Split('.', 2) is [var phase and (Rows or FirstHead), var place])
            return new AuditPlace(phase == FirstHead, CursorId.ToPosition(place));
        throw new InvalidCursorException();
    }
}
