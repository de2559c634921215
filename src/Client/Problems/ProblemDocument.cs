using System.Text.Json.Serialization;

namespace AwoooP.Client.Problems;

/// <summary>An error answer (RFC 9457, <c>application/problem+json</c>). <c>code</c> is stable; the texts are for people.</summary>
public sealed record ProblemDocument
{
    public const string MediaType = "application/problem+json";

    /// <summary><c>urn:awooop:problem:{code}</c>.</summary>
    public string Type => $"urn:awooop:problem:{Code}";

    public required string Title { get; init; }
    public required int Status { get; init; }
    public required string Detail { get; init; }
    public required string Code { get; init; }

    /// <summary>W3C trace id: what to look for in the logs.</summary>
    public string? TraceId { get; init; }

    /// <summary>For an illegal transition: what may be done now, as in <c>available_actions</c>.</summary>
    public IReadOnlyList<string>? Legal { get; init; }

    /// <summary>For a stale If-Match or an illegal transition: the version as it is now.</summary>
    public long? CurrentVersion { get; init; }

    /// <summary>For invalid input: every field that was found wrong.</summary>
    public IReadOnlyList<FieldError>? Errors { get; init; }

    /// <summary>For too many requests: which limit it was, e.g. <c>requests_per_key</c>.</summary>
    public string? Limit { get; init; }

    /// <summary>For a batch of alerts: how many of them were taken all the same.</summary>
    public int? Accepted { get; init; }

    /// <summary>For a quota that is used up: which, its bound, and how much of it was used.</summary>
    public QuotaUse? Quota { get; init; }

    /// <summary>Sent as <c>Retry-After</c>, in whole seconds.</summary>
    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>One wrong field.</summary>
/// <param name="Field">JSON path of the field, or the name of the query parameter or header.</param>
/// <param name="Code">Stable, e.g. <c>unknown_field</c>, <c>missing</c>, <c>out_of_range</c>.</param>
/// <param name="Bound">The bound that was broken, when there is one.</param>
public sealed record FieldError(string Field, string Code, string Message, string? Bound = null);

/// <summary>A quota as it stood when it refused.</summary>
/// <param name="Name">As in the project's configuration, e.g. <c>alerts_per_minute</c>.</param>
/// <param name="Use">What was counted before the request: by this front, or of what is active over all of them.</param>
public sealed record QuotaUse(string Name, int Bound, int Use);
