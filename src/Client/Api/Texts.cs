using AwoooP.Client.Problems;
using AwoooP.Commands;
using AwoooP.Redaction;

namespace AwoooP.Client.Api;

/// <summary>Free texts of operators: bounded, and without secrets before they reach an event that is kept for ever.</summary>
internal static class Texts
{
    public static string? Optional(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) ? null : Clean(text, FreeText.RefuseTooLong($"$.{field}", text));

    public static string Required(string field, string? text) => Clean(text!, FreeText.RefuseUnlessSaid($"$.{field}", text));

    private static string Clean(string text, Refusal? refusal) =>
        refusal is null ? Redactor.Redact(text.Trim()) : throw new ProblemException(Problem.Of(refusal, version: 0));
}
