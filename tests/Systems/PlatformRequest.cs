namespace AwoooP.Systems;

/// <summary>A request to the platform's API.</summary>
/// <param name="Path">Below <c>v1/platform/</c>.</param>
/// <param name="Body">JSON.</param>
public sealed record PlatformRequest(HttpMethod Method, string Path, string? Body = null)
{
    /// <summary>With the same key again it is the same command.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The ETag that what is changed must still have.</summary>
    public string? Tag { get; init; }
}
