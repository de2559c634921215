namespace AwoooP.Records.Reading;

/// <summary>Which part of a list is wanted.</summary>
public sealed record PageRequest
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <param name="cursor">The <c>next_cursor</c> of the page before, or null for the first page.</param>
    /// <param name="limit">1 to <see cref="MaxLimit"/> rows.</param>
    /// <exception cref="InvalidCursorException">The cursor is none of ours.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of bounds.</exception>
    public PageRequest(string? cursor = null, int limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        After = cursor is null ? null : Cursor.Parse(cursor);
        Limit = limit;
    }

    public Cursor? After { get; }

    public int Limit { get; }
}
