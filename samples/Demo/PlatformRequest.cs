namespace AwoooP.Demo;

/// <summary>A request to the platform's API.</summary>
/// <param name="Path">Below <c>/v1/platform/</c>; one that begins with a slash is of the whole address.</param>
/// <param name="Body">JSON.</param>
public sealed record PlatformRequest(HttpMethod Method, string Path, string? Body = null)
{
    /// <summary>With the same key again it is the same command.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The ETag that what is changed must still have.</summary>
    public string? Tag { get; init; }

    /// <summary>A position that a read must show (<c>Awooop-After</c>).</summary>
    public string? After { get; init; }
}
