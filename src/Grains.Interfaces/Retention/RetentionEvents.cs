using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Retention;

public abstract record RetentionEvent;

/// <param name="NextAt">When the first sweep is due.</param>
public sealed record RetentionScheduled(DateTimeOffset NextAt) : RetentionEvent;

/// <param name="Days">By table; those that are left out have their defaults.</param>
public sealed record RetentionTermsSet(IReadOnlyDictionary<string, int> Days, string By) : RetentionEvent;

/// <param name="Removed">Tables that lost rows since the sweep before.</param>
/// <param name="Held">Tables that a legal hold keeps whole.</param>
/// <param name="More">Whether rows are left for a sweep that comes soon.</param>
/// <param name="Failed">Tables whose removal failed, or had failed and was not tried again; absent when there are none.</param>
/// <param name="Unreached">Tables that the sweep had no time for; absent when there are none.</param>
public sealed record RetentionSwept(
    IReadOnlyList<RemovedFromTable> Removed,
    IReadOnlyList<string> Held,
    bool More,
    DateTimeOffset NextAt,
    IReadOnlyList<FailedTable>? Failed = null,
    IReadOnlyList<string>? Unreached = null) : RetentionEvent;

public static class RetentionEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<RetentionScheduled>("retention.scheduled", 1, RetentionEventJson.Default.RetentionScheduled),
        new EventType<RetentionTermsSet>("retention.terms_set", 1, RetentionEventJson.Default.RetentionTermsSet),
        new EventType<RetentionSwept>("retention.swept", 1, RetentionEventJson.Default.RetentionSwept),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RetentionScheduled))]
[JsonSerializable(typeof(RetentionTermsSet))]
[JsonSerializable(typeof(RetentionSwept))]
internal sealed partial class RetentionEventJson : JsonSerializerContext;
