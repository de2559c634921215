using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Redaction;

namespace AwoooP.Client.Api;

/// <summary>Free texts of operators: bounded, and without secrets before they reach an event that is kept for ever.</summary>
internal static class Texts
{
    public static string? Optional(string field, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;

        return text.Length <= FreeText.MaxLength
            ? Redactor.Redact(text.Trim())
            : throw new ProblemException(Problem.Invalid(OutOfRange(field)));
    }

    public static string Required(string field, string? text) =>
        Optional(field, text) ?? throw new ProblemException(Problem.Invalid(OutOfRange(field)));

    private static FieldError OutOfRange(string field) =>
        new($"$.{field}", "out_of_range", $"{field} must have 1 to {FreeText.MaxLength} characters.", $"1..{FreeText.MaxLength}");
}
