namespace AwoooP.Commands;

/// <summary>An expected 'no'. Nothing was changed.</summary>
/// <param name="Code">Stable snake_case code, the <c>code</c> of the problem document.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Legal">For an illegal transition: what people may ask for now; triggers of the platform itself are not among them.</param>
/// <param name="Field">For an invalid value: the field, as a JSON path.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message, IReadOnlyList<string>? Legal = null, string? Field = null);

/// <summary>The family of a refusal; decides the HTTP status.</summary>
public enum RefusalKind
{
    None = 0,

    /// <summary>404</summary>
    NotFound,

    /// <summary>409, with <see cref="Refusal.Legal"/>.</summary>
    IllegalTransition,

    /// <summary>409: a name is taken, a lease is lost, an idempotency key was used with another body.</summary>
    Conflict,

    /// <summary>412: the caller's If-Match names an older version.</summary>
    Stale,

    /// <summary>422</summary>
    Invalid,

    /// <summary>403: this principal may not do it.</summary>
    Forbidden,
}
