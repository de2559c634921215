namespace AwoooP.Client.Api;

/// <summary>A part of a list, newest first.</summary>
/// <param name="NextCursor">To be sent as <c>cursor</c> for the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
