using System.Net;

namespace AwoooP.Demo;

/// <summary>How a call over HTTP ended.</summary>
/// <param name="Status">0 without an answer.</param>
/// <param name="Tag">The answer's ETag.</param>
/// <param name="WasSent">False when there was no connection to send it over, so that it surely did nothing.</param>
public readonly record struct CallEnd(HttpStatusCode Status, string? Tag, string Body, bool WasSent)
{
    public bool IsAnswered => Status != default;

    /// <summary>An answer that says neither "done" nor "later".</summary>
    public bool IsRefusedForGood => IsAnswered && !IsDone && Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests);

    public bool IsDone => Status is HttpStatusCode.OK or HttpStatusCode.Created;

    /// <summary>Where the log stands after what was changed (<c>Awooop-Position</c>); null in answers that do not tell.</summary>
    public string? Position { get; init; }

    public static CallEnd WithoutAnswer(bool wasSent) => new(default, null, "", wasSent);
}
