using AwoooP.Approvals;
using AwoooP.Commands;
using AwoooP.Events;
using static AwoooP.Playbooks.PlaybookLimits;

namespace AwoooP.Playbooks;

/// <summary>Checks a definition before it is stored. Its faults are told together, each with the JSON path of its field.</summary>
internal static class PlaybookValidation
{
    private const string Code = "invalid_playbook";

    public static Refusal? Check(PlaybookDefinition definition)
    {
        IReadOnlyList<FieldFault> faults = [.. FaultsOf(definition).Take(MaxFaults)];
        if (faults.Count == 0)
            faults = CheckSize(definition);
        return faults.Count == 0 ? null : Refusal.Invalid(faults);
    }

    public static IReadOnlyList<FieldFault> Fault(string path, string message) => [new FieldFault(path, Code, $"{message}.")];

    public static IReadOnlyList<FieldFault> Text(string path, string? value, int least, int most)
    {
        if (value is null || value.Length < least || value.Length > most)
            return Fault(path, $"must have {least} to {most} characters");
        return value.Contains('\0') ? Fault(path, "must not hold U+0000") : [];
    }

    public static IReadOnlyList<FieldFault> Template(string path, string? value, int least, int most)
    {
        if (Text(path, value, least, most) is [_, ..] faults)
            return faults;
        return PlaybookTemplate.IsWellFormed(value!) ? [] : Fault(path, "has a '{{' that begins no {{label_name}}");
    }

    public static IReadOnlyList<FieldFault> Range(string path, int value, int least, int most) =>
        value < least || value > most ? Fault(path, $"must be {least} to {most}") : [];

    /// <summary>Entries are looked at when there are as many as there may be.</summary>
    public static IReadOnlyList<FieldFault> Each<T>(string path, IReadOnlyCollection<T>? values, int least, int most, Func<string, T, IReadOnlyList<FieldFault>> check) =>
        values is null || values.Count < least || values.Count > most
            ? Fault(path, $"must have {least} to {most} entries")
            : [.. values.SelectMany((value, index) => check($"{path}[{index}]", value))];

    private static IEnumerable<FieldFault> FaultsOf(PlaybookDefinition definition) =>
    [
        .. Text("$.name", definition.Name, 1, MaxName),
        .. Text("$.description", definition.Description, 0, MaxText),
        .. Text("$.notes", definition.Notes ?? "", 0, MaxText),
        .. CheckMatch(definition.Match),
        .. Template("$.action_pattern", definition.ActionPattern, 1, MaxActionPattern),
        .. Range("$.estimated_duration_minutes", definition.EstimatedDurationMinutes, 1, 24 * 60),
        .. definition.Risk is RiskLevel.None ? Fault("$.risk", "must be low, medium, high or critical") : [],
        .. definition.RequiresApproval is ApprovalLevel.None ? Fault("$.requires_approval", "must be auto, standard or critical") : [],
        .. definition.Autonomy is AutonomyLevel.None ? Fault("$.autonomy", "must be L1, L2 or L3") : [],
        .. Each("$.tags", definition.Tags, 0, MaxTags, static (path, tag) => Text(path, tag, 1, MaxTag)),
        .. Each("$.steps", definition.Steps, 1, MaxSteps, static (path, step) => StepValidation.Check(path, step, isRollback: false)),
    ];

    private static IReadOnlyList<FieldFault> CheckMatch(PlaybookMatch? match) => match is null
        ? Fault("$.match", "is missing")
        :
        [
            .. Each("$.match.alert_names", match.AlertNames, 1, MaxAlertNames, static (path, name) => Text(path, name, 1, MaxAlertName)),
            .. Each("$.match.labels", match.Labels, 0, MaxLabels, static (_, label) => CheckLabel($"$.match.labels.{label.Key}", label)),
        ];

    private static IReadOnlyList<FieldFault> CheckLabel(string path, KeyValuePair<string, string> label) =>
        [.. Text(path, label.Key, 1, MaxAlertName), .. Text(path, label.Value, 1, MaxAlertName)];

    private static IReadOnlyList<FieldFault> CheckSize(PlaybookDefinition definition)
    {
        var size = JsonBytes.Serialize(definition, PlaybookJson.Default.PlaybookDefinition).Length;
        return size > MaxDefinitionBytes ? Fault("$", $"is {size} bytes long, {MaxDefinitionBytes} are allowed") : [];
    }
}
