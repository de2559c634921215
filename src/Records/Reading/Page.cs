namespace AwoooP.Records.Reading;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
