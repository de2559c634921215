using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Events;
using static AwoooP.Playbooks.PlaybookLimits;

namespace AwoooP.Playbooks;

/// <summary>Checks a definition before it is stored. The first fault is told, with the JSON path of its field.</summary>
internal static class PlaybookValidation
{
    public const string Code = "invalid_playbook";

    public static Refusal? Check(PlaybookDefinition definition) =>
        Text("$.name", definition.Name, 1, MaxName)
        ?? Text("$.description", definition.Description, 0, MaxText)
        ?? Text("$.notes", definition.Notes ?? "", 0, MaxText)
        ?? CheckMatch(definition.Match)
        ?? Template("$.action_pattern", definition.ActionPattern, 1, MaxActionPattern)
        ?? Range("$.estimated_duration_minutes", definition.EstimatedDurationMinutes, 1, 24 * 60)
        ?? (definition.Risk is RiskLevel.None ? Invalid("$.risk", "must be low, medium, high or critical") : null)
        ?? (definition.RequiresApproval is ApprovalLevel.None ? Invalid("$.requires_approval", "must be auto, standard or critical") : null)
        ?? (definition.Autonomy is AutonomyLevel.None ? Invalid("$.autonomy", "must be L1, L2 or L3") : null)
        ?? Count("$.tags", definition.Tags, 0, MaxTags)
        ?? Each("$.tags", definition.Tags, static (path, tag) => Text(path, tag, 1, MaxTag))
        ?? Count("$.steps", definition.Steps, 1, MaxSteps)
        ?? Each("$.steps", definition.Steps, static (path, step) => StepValidation.Check(path, step, isRollback: false))
        ?? CheckSize(definition);

    public static Refusal Invalid(string path, string message) => new(RefusalKind.Invalid, Code, $"{path}: {message}.", Field: path);

    public static Refusal? Text(string path, string? value, int least, int most)
    {
        if (value is null || value.Length < least || value.Length > most)
            return Invalid(path, $"must have {least} to {most} characters");
        return value.Contains('\0') ? Invalid(path, "must not hold U+0000") : null;
    }

    public static Refusal? Template(string path, string? value, int least, int most) =>
        Text(path, value, least, most)
        ?? (PlaybookTemplate.IsWellFormed(value!) ? null : Invalid(path, "has a '{{' that begins no {{label_name}}"));

    public static Refusal? Range(string path, int value, int least, int most) =>
        value < least || value > most ? Invalid(path, $"must be {least} to {most}") : null;

    public static Refusal? Count<T>(string path, IReadOnlyCollection<T>? values, int least, int most) =>
        values is null || values.Count < least || values.Count > most ? Invalid(path, $"must have {least} to {most} entries") : null;

    public static Refusal? Each<T>(string path, IReadOnlyList<T> values, Func<string, T, Refusal?> check)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (check($"{path}[{i}]", values[i]) is { } refusal)
                return refusal;
        }

        return null;
    }

    private static Refusal? CheckMatch(PlaybookMatch? match)
    {
        if (match is null)
            return Invalid("$.match", "is missing");

        return Count("$.match.alert_names", match.AlertNames, 1, MaxAlertNames)
            ?? Each("$.match.alert_names", match.AlertNames, static (path, name) => Text(path, name, 1, MaxAlertName))
            ?? Count("$.match.labels", match.Labels, 0, MaxLabels)
            ?? Each("$.match.labels", [.. match.Labels], static (_, label) =>
                Text($"$.match.labels.{label.Key}", label.Key, 1, MaxAlertName) ?? Text($"$.match.labels.{label.Key}", label.Value, 1, MaxAlertName));
    }

    private static Refusal? CheckSize(PlaybookDefinition definition)
    {
        var size = JsonBytes.Serialize(definition, PlaybookJson.Default.PlaybookDefinition).Length;
        return size > MaxDefinitionBytes ? Invalid("$", $"is {size} bytes long, {MaxDefinitionBytes} are allowed") : null;
    }
}
