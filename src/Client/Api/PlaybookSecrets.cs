using AwoooP.Client.Problems;
using AwoooP.Playbooks;
using AwoooP.Redaction;

namespace AwoooP.Client.Api;

/// <summary>
/// A definition is kept for ever and read by many. Its descriptive texts are redacted; a secret in a step cannot be, since the step
/// would then do something else, so it is refused.
/// </summary>
internal static class PlaybookSecrets
{
    public static PlaybookDefinition Clean(PlaybookDefinition definition)
    {
        var errors = new List<FieldError>();
        for (var i = 0; i < definition.Steps.Count; i++)
            Check(definition.Steps[i], $"$.steps[{i}]", errors);

        if (errors.Count > 0)
            throw new ProblemException(Problem.Invalid(errors));

        return definition with
        {
            Name = Redactor.Redact(definition.Name),
            Description = Redactor.Redact(definition.Description),
            Notes = Redactor.Redact(definition.Notes),
        };
    }

    private static void Check(RepairStep step, string path, List<FieldError> errors)
    {
        foreach (var (field, text) in Fields(step))
        {
            if (text is not null && Redactor.Redact(text) != text)
                errors.Add(new FieldError($"{path}.{field}", "secret_in_step", "The text holds a secret or personal data; let the program or the target look it up."));
        }

        if (step.Rollback is { } rollback)
            Check(rollback, $"{path}.rollback", errors);
    }

    private static IEnumerable<(string Field, string? Text)> Fields(RepairStep step) => step switch
    {
        CommandStep command => [("name", command.Name), .. Indexed("arguments", command.Arguments), .. Indexed("dry_run_arguments", command.DryRunArguments ?? [])],
        HttpStep http => [("name", http.Name), ("url", http.Url), ("body", http.Body)],
        VerifyStep verify => [("name", verify.Name), ("prom_ql", verify.PromQl), ("url", verify.Url)],
        ModelStep model => [("name", model.Name), ("prompt", model.Prompt), ("fallback", model.Fallback.GetRawText())],
        _ => [("name", step.Name)],
    };

    private static IEnumerable<(string Field, string? Text)> Indexed(string field, IReadOnlyList<string> texts) =>
        texts.Select((text, index) => ($"{field}[{index}]", (string?)text));
}
