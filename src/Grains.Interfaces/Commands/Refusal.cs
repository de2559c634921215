using System.Text.Json.Serialization;

namespace AwoooP.Commands;

/// <summary>An expected 'no'. Nothing was changed.</summary>
/// <param name="Code">Stable snake_case code, the <c>code</c> of the problem document.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Legal">For an illegal transition: what people may ask for now; triggers of the platform itself are not among them.</param>
/// <param name="Field">For an invalid value: the field, as a JSON path; of several, the first. Whoever reads them takes <see cref="InvalidFields"/>.</param>
/// <param name="Faults">Where values were checked together: each that is invalid.</param>
/// <param name="Quota">For a quota that is used up: which.</param>
public sealed record Refusal(
    RefusalKind Kind,
    string Code,
    string Message,
    IReadOnlyList<string>? Legal = null,
    string? Field = null,
    IReadOnlyList<FieldFault>? Faults = null,
    UsedQuota? Quota = null)
{
    /// <summary>Every invalid value; none for a refusal of another kind.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldFault> InvalidFields => Faults ?? (Field is null ? [] : [new FieldFault(Field, Code, Message)]);

    /// <summary>Invalid for these values, of which there is at least one.</summary>
    public static Refusal Invalid(IReadOnlyList<FieldFault> faults) => new(
        RefusalKind.Invalid,
        FieldFault.CommonCode(faults.Select(static fault => fault.Code)),
        faults is [var only] ? $"{only.Field}: {only.Message}" : FieldFault.Several,
        Field: faults[0].Field,
        Faults: faults);
}

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

    /// <summary>429, with <see cref="Refusal.Quota"/>.</summary>
    QuotaExceeded,
}
