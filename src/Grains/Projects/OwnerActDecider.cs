using AwoooP.Aggregates;
using AwoooP.Commands;

namespace AwoooP.Projects;

/// <summary>What the owner of the database does with all that it holds of a project, or of every project, as acts of the catalogue. Pure; it changes nothing there.</summary>
internal static class OwnerActDecider
{
    /// <summary>A position for each partition, of as many generations as a log ever has.</summary>
    private const int MaxPositions = 1024;

    private const int MaxPosition = 32;

    private const int Sha256Digits = 64;

    public static Decision<ProjectCatalogEvent> EnterExport(ProjectCatalog catalog, EnterExport command, string by)
    {
        if (FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid)
            return invalid;

        return Holds(catalog, command.ProjectId) ? new ExportEntered(command.ProjectId, command.Reason, by) : NotFound(command.ProjectId);
    }

    public static Decision<ProjectCatalogEvent> CompleteExport(ProjectCatalog catalog, CompleteExport command, string by) => command switch
    {
        _ when command.ManifestSha256 is not { Length: Sha256Digits } || !command.ManifestSha256.All(char.IsAsciiHexDigitLower) =>
            Invalid("manifest_sha256", $"The hash of a manifest has {Sha256Digits} lower-case hex digits."),
        _ when command.Positions is not { Count: >= 1 and <= MaxPositions } => Invalid("positions", $"An export has 1 to {MaxPositions} positions."),
        _ when command.Positions.Any(static position => position is not { Length: >= 1 and <= MaxPosition }) =>
            Invalid("positions", $"A position has 1 to {MaxPosition} characters."),
        _ when !Holds(catalog, command.ProjectId) => NotFound(command.ProjectId),
        _ => new ProjectExported(command.ProjectId, command.ManifestSha256, command.Positions, by),
    };

    public static Decision<ProjectCatalogEvent> EnterLogCut(EnterLogCut command, string by)
    {
        if (FreeText.RefuseUnlessSaid("$.reason", command.Reason) is { } invalid)
            return invalid;
        if (command.Before is not { Day: 1, TimeOfDay.Ticks: 0, Offset.Ticks: 0 })
            return Invalid("before", "The log is cut at the beginning of a month, UTC.");

        return command is { Months: >= 1, Events: >= 0 }
            ? new LogCutEntered(command.Before, command.Months, command.Events, command.Reason, by)
            : Invalid("months", "A cut takes at least one month, and no less than no event.");
    }

    /// <summary>Also while it is being taken out: whoever exports it then has it all the same.</summary>
    private static bool Holds(ProjectCatalog catalog, string projectId) => catalog.Projects.Contains(projectId) || catalog.Removing.Contains(projectId);

    private static Refusal NotFound(string projectId) => new(RefusalKind.NotFound, ProjectRefusals.NotFound, $"There is no project {projectId}.");

    private static Refusal Invalid(string field, string message) => new(RefusalKind.Invalid, $"invalid_{field}", message, Field: $"$.{field}");
}
