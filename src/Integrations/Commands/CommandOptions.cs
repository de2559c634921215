namespace AwoooP.Integrations.Commands;

/// <summary>Which local programs steps may run. Section <c>Integrations:Commands</c>.</summary>
public sealed class CommandOptions
{
    /// <summary>Programs by the name that steps use. Default: none.</summary>
    public IDictionary<string, AllowedProgram> Programs { get; set; } = new Dictionary<string, AllowedProgram>();

    /// <summary>
    /// A folder whose executable files are allowed under their own names, with arguments of plain characters only; whoever may write there decides what runs.
    /// Absolute path; default null: no such folder.
    /// </summary>
    public string? Folder { get; set; }
}
