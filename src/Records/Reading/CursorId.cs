using AwoooP.Journal;

namespace AwoooP.Records.Reading;

/// <summary>
/// Reads the id that a list goes on from as the type of its column. A cursor is no secret and anybody can write one: what is not held to its
/// column's type here is refused by PostgreSQL, as a fault instead of the caller's mistake.
/// </summary>
internal static class CursorId
{
    /// <exception cref="InvalidCursorException">It is no uuid, or not spelled as answers spell them.</exception>
    public static Guid ToUuid(string id) => Guid.TryParseExact(id, "D", out var uuid) ? uuid : throw new InvalidCursorException();

    /// <exception cref="InvalidCursorException">It is no position, or of a generation that no column can hold.</exception>
    public static Position ToPosition(string id) =>
        Position.TryParse(id, out var position) && position.Generation <= short.MaxValue ? position : throw new InvalidCursorException();
}
