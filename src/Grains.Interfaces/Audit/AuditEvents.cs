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

/// <summary>Somebody signed in to the console.</summary>
/// <param name="Method">How they were known: api_key, oidc or local.</param>
/// <param name="KeyId">Of the key that they signed in with; null with a token.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="EndsAt">When the session ends by itself.</param>
public sealed record SessionBegan(string Method, string? KeyId, string? Address, DateTimeOffset EndsAt) : AuditTrailEvent;

/// <summary>Somebody signed out. A session that ends by itself tells nothing: when it does stands where it began.</summary>
/// <param name="Method">How they were known: api_key, oidc or local.</param>
/// <param name="KeyId">Of the key that they had signed in with; null with a token.</param>
/// <param name="Address">Where the request came from.</param>
public sealed record SessionEnded(string Method, string? KeyId, string? Address) : AuditTrailEvent;

public static class AuditEventTypes
{
    public static IReadOnlyList<EventType> All { get; } =
    [
        new EventType<ActDenied>("audit.denied", 1, AuditEventJson.Default.ActDenied),
        new EventType<DenialsCounted>("audit.denials_counted", 1, AuditEventJson.Default.DenialsCounted),
        new EventType<SessionBegan>("session.began", 1, AuditEventJson.Default.SessionBegan),
        new EventType<SessionEnded>("session.ended", 1, AuditEventJson.Default.SessionEnded),
    ];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ActDenied))]
[JsonSerializable(typeof(DenialsCounted))]
[JsonSerializable(typeof(SessionBegan))]
[JsonSerializable(typeof(SessionEnded))]
internal sealed partial class AuditEventJson : JsonSerializerContext;
