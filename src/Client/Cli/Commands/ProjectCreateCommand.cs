using System.CommandLine;
using System.Text.Json.Nodes;
using AwoooP.Projects;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Makes a project in one line; a file for <c>apply</c> says the same and can be changed later.</summary>
internal static class ProjectCreateCommand
{
    private static readonly Argument<string> Id = new("id") { Description = "The new project, e.g. webshop: lower-case letters, digits, - and _. It stays as it is." };
    private static readonly Option<string> Name = new("--name") { Description = "What people call it.", Required = true };

    /// <summary>What each quota and each flag means, by its name.</summary>
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["alerts_per_minute"] = "Alerts that each front takes in a minute.",
        ["requests_per_minute"] = "Requests to the API that each front answers in a minute.",
        ["event_streams"] = "Streams that are open at each front.",
        ["active_runs"] = "Runs that are carried out at the same time.",
        ["active_playbooks"] = "Playbooks that are active at the same time.",
        ["suggest_mode"] = "Propose plans and execute none of them.",
        ["mute_notifications"] = "Tell nobody of what happens.",
    };

    /// <summary>Within which bounds, the API says.</summary>
    private static readonly FieldOption<int?>[] Quotas = [.. Quota.All.Select(static quota => new FieldOption<int?>(quota.Name))];

    private static readonly FieldOption<bool>[] Flags = [.. FeatureFlag.All.Select(static flag => new FieldOption<bool>(flag.Name))];

    public static Command Create() => CommandLine.Api(
        "create", "Make a project. Needs an admin of every project.", [Id, Name, .. Quotas, .. Flags], async (arguments, api, token) =>
            Shown.One(arguments, await api.SendAsync(HttpMethod.Post, ProjectCommands.Root, Body(arguments), token)));

    /// <summary>What is not named is left out, and has its default.</summary>
    private static JsonObject Body(ParseResult arguments)
    {
        var body = new JsonObject { ["project_id"] = arguments.GetValue(Id), ["name"] = arguments.GetValue(Name) };
        foreach (var quota in Quotas)
        {
            if (arguments.GetValue(quota) is { } bound)
                Part(body, "quotas")[quota.Field] = bound;
        }

        foreach (var flag in Flags.Where(flag => arguments.GetValue(flag)))
            Part(body, "feature_flags")[flag.Field] = true;
        return body;
    }

    private static JsonObject Part(JsonObject body, string name)
    {
        if (body[name] is JsonObject part)
            return part;

        part = new JsonObject();
        body[name] = part;
        return part;
    }

    /// <summary>Named as its field, with dashes.</summary>
    private sealed class FieldOption<T> : Option<T>
    {
        public FieldOption(string field)
            : base($"--{field.Replace('_', '-')}")
        {
            Field = field;
            Description = Meanings.GetValueOrDefault(field);
        }

        public string Field { get; }
    }
}
