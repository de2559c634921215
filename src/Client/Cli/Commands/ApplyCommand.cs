using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;
using AwoooP.Client.Cli.Declared;
using AwoooP.Client.Http;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Makes what is as a file says that it shall be. The file is the whole: what it leaves out gets its default.</summary>
internal static class ApplyCommand
{
    private const string Root = $"{PlatformApi.Root}/projects";

    private static readonly Option<FileInfo> File = new("--file", "-f") { Description = "The file, as YAML.", Required = true };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Only show what would change." };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Do not ask before it is changed." };

    public static Command Create() => CommandLine.Api("apply", "Make projects as a file says, after showing what changes.", [File, DryRun, Yes], async (arguments, api, token) =>
    {
        var file = arguments.GetValue(File)!;
        if (!file.Exists)
            throw new CliException(ExitCodes.Invalid, $"{file.FullName} does not exist.");

        // All are looked at before the first is touched.
        var plans = new List<Plan>();
        foreach (var wanted in ProjectFile.Read(file.FullName, await System.IO.File.ReadAllTextAsync(file.FullName, token)))
            plans.Add(await PlanAsync(api, wanted, token));

        if (!Shown.IsJson(arguments))
            plans.ForEach(Show);
        var applied = !arguments.GetValue(DryRun) && plans.Exists(static plan => plan.Changes.Count > 0) && MayApply(arguments);
        if (applied)
        {
            foreach (var plan in plans.Where(static plan => plan.Changes.Count > 0))
                await ApplyAsync(arguments, api, plan, token);
        }

        if (Shown.IsJson(arguments))
            Shown.Json(JsonElement.Parse(new JsonArray([.. plans.Select(plan => ToJson(plan, applied))]).ToJsonString()));
    });

    private static async Task<Plan> PlanAsync(ApiConnection api, CreateProjectRequest wanted, CancellationToken cancellationToken)
    {
        JsonElement? known = null;
        try
        {
            known = await api.GetAsync($"{Root}/{Uri.EscapeDataString(wanted.ProjectId)}", cancellationToken);
        }
        catch (CliException refused) when (refused.ExitCode == ExitCodes.NotFound)
        {
            // To be made.
        }

        var configuration = JsonSerializer.SerializeToElement(wanted.Configuration, ApiJson.Default.ProjectConfiguration);
        return new Plan(
            wanted, configuration, known?.GetProperty("version").GetInt64(), FieldChange.Between(known?.GetProperty("configuration"), configuration));
    }

    private static void Show(Plan plan)
    {
        var what = plan switch
        {
            { Changes.Count: 0 } => "no changes",
            { Version: null } => "to be made",
            { Changes.Count: 1 } => "1 change",
            _ => string.Create(CultureInfo.InvariantCulture, $"{plan.Changes.Count} changes"),
        };
        Console.WriteLine($"project {plan.Wanted.ProjectId}: {what}");
        foreach (var change in plan.Changes)
            Console.WriteLine(change);
    }

    private static bool MayApply(ParseResult arguments)
    {
        if (arguments.GetValue(Yes))
            return true;
        if (Console.IsInputRedirected)
            throw new CliException(ExitCodes.Invalid, "Nobody can be asked here: say --yes to change it, or --dry-run to look only.");

        Console.Error.Write("Change it? [y/N] ");
        return Console.ReadLine()?.Trim() is "y" or "Y" or "yes" ? true : throw new CliException(ExitCodes.Refused, "Nothing was changed.");
    }

    private static async Task ApplyAsync(ParseResult arguments, ApiConnection api, Plan plan, CancellationToken cancellationToken)
    {
        var body = JsonObject.Create(plan.Configuration)!;
        JsonElement now;
        if (plan.Version is { } version)
        {
            // What was shown is what is changed: should somebody have been faster, it is refused.
            now = await api.SendAsync(HttpMethod.Put, $"{Root}/{Uri.EscapeDataString(plan.Wanted.ProjectId)}", body, cancellationToken, tag: VersionTag.Of(version));
        }
        else
        {
            body["project_id"] = plan.Wanted.ProjectId;
            now = await api.SendAsync(HttpMethod.Post, Root, body, cancellationToken);
        }

        if (!Shown.IsJson(arguments))
            Console.WriteLine($"project {plan.Wanted.ProjectId}: {(plan.Version is null ? "made" : "changed")}, version {now.GetProperty("version").GetRawText()}");
    }

    private static JsonObject ToJson(Plan plan, bool applied) => new()
    {
        ["project_id"] = plan.Wanted.ProjectId,
        ["exists"] = plan.Version is not null,
        ["applied"] = applied && plan.Changes.Count > 0,
        ["changes"] = new JsonArray([.. plan.Changes.Select(static change => new JsonObject { ["field"] = change.Path, ["before"] = change.Before, ["after"] = change.After })]),
    };

    /// <param name="Version">Null when the project is to be made.</param>
    private sealed record Plan(CreateProjectRequest Wanted, JsonElement Configuration, long? Version, IReadOnlyList<FieldChange> Changes);
}
