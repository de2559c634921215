using System.CommandLine;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Options that commands about different things have in common.</summary>
internal static class SharedOptions
{
    public static readonly QueryOption Cursor = new("--cursor", "cursor", "Where the next page begins.");

    public static readonly QueryOption Limit = new("--limit", "limit", "Rows, 1 to 200.");

    public static readonly QueryOption Since = new("--since", "since", "Not before this time (ISO 8601; UTC without an offset).");

    public static readonly QueryOption Until = new("--until", "until", "Before this time (ISO 8601; UTC without an offset).");

    public static readonly QueryOption Incident = new("--incident", "incident_id", "Only of this incident.");

    public static readonly Option<string?> Comment = new("--comment", "-m") { Description = "A remark, kept with the action." };

    public static readonly Option<string> Reason = new("--reason", "-m") { Description = "Why, kept with the action.", Required = true };

    public static readonly Option<string?> OptionalReason = new("--reason", "-m") { Description = "Why, kept with the action." };
}
