namespace AwoooP.Client.Api;

/// <summary>Ids of a path that are UUIDs, in the one form that the API writes.</summary>
internal static class PathId
{
    /// <summary>A regular expression for the whole of that form.</summary>
    public const string UuidShape = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

    public static string? Uuid(string text) => Guid.TryParseExact(text, "D", out var id) ? id.ToString("D") : null;
}
