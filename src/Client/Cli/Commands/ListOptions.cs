using System.CommandLine;

namespace AwoooP.Client.Cli.Commands;

/// <summary>What lists take.</summary>
internal static class ListOptions
{
    public static readonly Option<string?> Cursor = new("--cursor") { Description = "Where the next page begins." };

    public static readonly Option<string?> Limit = new("--limit") { Description = "Rows, 1 to 200." };

    public static readonly Option<string?> Since = new("--since") { Description = "Not before this time (ISO 8601)." };

    public static readonly Option<string?> Incident = new("--incident") { Description = "Only of this incident." };

    public static readonly Option<string?> Comment = new("--comment", "-m") { Description = "A remark, kept with the action." };

    public static readonly Option<string> Reason = new("--reason", "-m") { Description = "Why, kept with the action.", Required = true };

    public static readonly Option<string?> OptionalReason = new("--reason", "-m") { Description = "Why, kept with the action." };

    public static Option<string?> Filter(string name, string description) => new(name) { Description = description };
}
