using System.CommandLine;
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

    public static Command Create() => CommandLine.Api(
        "apply", "Make projects as a file says, after showing what changes.", [File, Confirmation.DryRun, Confirmation.Yes], async (arguments, api, token) =>
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
        var applied = plans.Exists(static plan => plan.Changes.Count > 0) && Confirmation.MayChange(arguments);
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
        var what = plan is { Changes.Count: > 0, Version: null } ? "to be made" : FieldChange.Count(plan.Changes);
        Console.WriteLine($"project {plan.Wanted.ProjectId}: {what}");
        foreach (var change in plan.Changes)
            Console.WriteLine(change);
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
        ["changes"] = FieldChange.ToJson(plan.Changes),
    };

    /// <param name="Version">Null when the project is to be made.</param>
    private sealed record Plan(CreateProjectRequest Wanted, JsonElement Configuration, long? Version, IReadOnlyList<FieldChange> Changes);
}
