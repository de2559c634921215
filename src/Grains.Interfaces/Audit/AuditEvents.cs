using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Audit;

/// <summary>What becomes a row of the audit trail without having changed anything. Its actor is who asked.</summary>
public abstract record AuditTrailEvent;

/// <param name="Operation">What was asked for, by its name in the API.</param>
/// <param name="Status">The HTTP status of the answer.</param>
/// <param name="Code">The code of the problem.</param>
/// <param name="Reason">In words.</param>
/// <param name="Target">What it was asked for of, e.g. <c>approval_id=…</c>; redacted and cut.</param>
/// <param name="Method">How the actor was known: api_key, oidc or local.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="RequestedProject">The project that was asked for, where it is not the one that the row stands in.</param>
public sealed record ActDenied(
    string Operation, int Status, string Code, string Reason, string? Target, string? Method, string? Address, string? RequestedProject) : AuditTrailEvent;

/// <summary>More refusals of one actor than are told one by one.</summary>
public sealed record DenialsCounted(string Operation, long Count, string Reason, DateTimeOffset Since, DateTimeOffset Until) : AuditTrailEvent;

public static class AuditEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<ActDenied>("audit.denied", 1, AuditEventJson.Default.ActDenied),
        new EventType<DenialsCounted>("audit.denials_counted", 1, AuditEventJson.Default.DenialsCounted),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActDenied))]
[JsonSerializable(typeof(DenialsCounted))]
internal sealed partial class AuditEventJson : JsonSerializerContext;
