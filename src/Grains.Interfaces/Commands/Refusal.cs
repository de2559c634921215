namespace AwoooP.Commands;

/// <summary>An expected 'no'. Nothing was changed.</summary>
/// <param name="Code">Stable snake_case code, the <c>code</c> of the problem document.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Legal">For an illegal transition: what people may ask for now; triggers of the platform itself are not among them.</param>
/// <param name="Field">For an invalid value: the field, as a JSON path; of several, the first.</param>
/// <param name="Faults">For several invalid values: each of them.</param>
public sealed record Refusal(
    RefusalKind Kind, string Code, string Message, IReadOnlyList<string>? Legal = null, string? Field = null, IReadOnlyList<FieldFault>? Faults = null)
{
    /// <summary>Invalid for these values, of which there is at least one.</summary>
    public static Refusal Invalid(string code, IReadOnlyList<FieldFault> faults) => faults is [var only]
        ? new(RefusalKind.Invalid, code, only.Message, Field: only.Field)
        : new(RefusalKind.Invalid, code, $"{faults.Count} fields are not valid.", Field: faults[0].Field, Faults: faults);
}

/// <summary>One invalid value.</summary>
/// <param name="Field">Its JSON path.</param>
/// <param name="Code">Stable snake_case code.</param>
/// <param name="Message">One sentence for a person.</param>
public sealed record FieldFault(string Field, string Code, string Message);

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
