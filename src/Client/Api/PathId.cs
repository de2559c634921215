namespace AwoooP.Client.Api;

/// <summary>Ids of a path that are UUIDs, in the one form that the API writes.</summary>
internal static class PathId
{
    public static string? Uuid(string text) => Guid.TryParseExact(text, "D", out var id) ? id.ToString("D") : null;
}
