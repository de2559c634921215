using System.CommandLine;
using AwoooP.Journal.Tenants;
using AwoooP.Projects;
using Npgsql;

namespace AwoooP.Client.Cli.Commands;

/// <summary>A project as files, and out of the database: an owner's procedures, on the database itself.</summary>
internal static class TenantCommands
{
    private static readonly Option<string> Out = new("--out") { Description = "The folder that is made; it must not be there, or be empty.", Required = true };

    private static readonly Argument<string> Folder = new("folder") { Description = "A folder that 'tenant export' has made." };

    private static readonly Option<string> Confirm = new("--confirm") { Description = "The project's id once more.", Required = true };

    private static readonly Option<string?> Export = new("--export")
    {
        Description = "An export of the project; it is checked, must not be older than the project, and its hash stands in the audit trail.",
    };

    private static readonly Option<int> Wait = new("--wait")
    {
        Description = $"Seconds to wait for what is under way, 1 to {TenantProcedure.MaxWaitSeconds}.",
        DefaultValueFactory = static _ => 120,
    };

    public static Command Create() => CommandLine.Group("tenant", "A project as files, and out of the database; --project names it.",
        CommandLine.Local(
            "export",
            "Everything that the database holds of a project, as JSON Lines with a manifest. Needs a running silo and the key of an admin of every project: "
            + "it stands in the audit trail.",
            [Out, SharedOptions.Reason], ExportAsync),
        CommandLine.Local("verify-export", "Whether an export is what its manifest says.", [Folder], async (arguments, token) =>
        {
            var (manifest, sha256) = await CheckAsync(arguments.GetValue(Folder)!, token);
            var rows = manifest.Files.Sum(static file => file.Rows);
            await Console.Out.WriteLineAsync($"The export of {manifest.ProjectId} is whole: {rows} rows in {manifest.Files.Count} files. Manifest: {sha256}");
        }),
        CommandLine.Local(
            "remove",
            "Take a suspended project out of the log and every table. Needs running silos and the key of an admin of every project. Cut off anywhere, it is begun again and ends.",
            [Confirm, SharedOptions.Reason, Export, Wait], RemoveAsync),
        CommandLine.Local(
            "release",
            "Let the id of a project that was taken out be used again, once every silo was started anew and its keys are revoked. Needs the key of an admin of every project.",
            [Confirm],
            (arguments, token) => WithProcedureAsync(
                arguments, TimeSpan.Zero, export: null, static (procedure, cancellationToken) => procedure.ReleaseAsync(cancellationToken), token)));

    internal static string ProjectOf(ParseResult arguments) => arguments.GetValue(GlobalOptions.Project) is { } project && ProjectName.IsValid(project)
        ? project
        : throw new CliException(ExitCodes.Invalid, "--project names the project; the reserved ones are no tenants.");

    private static async Task ExportAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var project = ProjectOf(arguments);
        await WithOwnerAsync(async owner =>
        {
            using var api = ApiConnection.Open(arguments, ofProject: false);
            var acts = new OwnerActCalls(api);
            await acts.BeginExportAsync(project, arguments.GetValue(SharedOptions.Reason)!, cancellationToken);
            var (manifest, sha256) = await new TenantExport(owner).WriteAsync(project, arguments.GetValue(Out)!, cancellationToken);
            await acts.CompleteExportAsync(manifest, sha256, cancellationToken);
            foreach (var file in manifest.Files.Where(static file => file.Rows > 0))
                await Console.Out.WriteLineAsync($"{file.Table}: {file.Rows} rows");
            await Console.Out.WriteLineAsync($"Exported {project} to {Path.GetFullPath(arguments.GetValue(Out)!)}. Manifest: {sha256}");
        }, cancellationToken);
    }

    private static async Task RemoveAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        if (arguments.GetValue(Wait) is not (>= 1 and <= TenantProcedure.MaxWaitSeconds and var seconds))
            throw new CliException(ExitCodes.Invalid, $"--wait must be 1 to {TenantProcedure.MaxWaitSeconds}.");

        (ExportManifest Manifest, string Sha256)? export = arguments.GetValue(Export) is { } folder ? await CheckAsync(folder, cancellationToken) : null;
        if (export?.Manifest is { } exported && exported.ProjectId != ProjectOf(arguments))
            throw new CliException(ExitCodes.Refused, $"The export is of {exported.ProjectId}.");

        await WithProcedureAsync(
            arguments, TimeSpan.FromSeconds(seconds), export,
            (procedure, token) => procedure.RemoveAsync(arguments.GetValue(SharedOptions.Reason)!, token), cancellationToken);
    }

    private static async Task WithProcedureAsync(
        ParseResult arguments,
        TimeSpan wait,
        (ExportManifest Manifest, string Sha256)? export,
        Func<TenantProcedure, CancellationToken, Task> run,
        CancellationToken cancellationToken)
    {
        var project = ProjectOf(arguments);
        if (arguments.GetValue(Confirm) != project)
            throw new CliException(ExitCodes.Invalid, "--confirm must be the id that --project names.");

        await WithOwnerAsync(async owner =>
        {
            using var api = ApiConnection.Open(arguments, ofProject: false);
            await KeyRoles.NeedAdminOfEveryProjectAsync(api, cancellationToken);
            await using var removal = await TenantRemoval.OpenAsync(owner, project, TimeProvider.System, cancellationToken);
            await run(new TenantProcedure(project, api, removal, wait, export), cancellationToken);
        }, cancellationToken);
    }

    private static async Task<(ExportManifest Manifest, string Sha256)> CheckAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var (manifest, sha256, faults) = await ExportCheck.ReadAsync(folder, cancellationToken);
            return faults.Count == 0
                ? (manifest, sha256)
                : throw new CliException(ExitCodes.Failed, $"The export in {folder} is not whole:\n{string.Join('\n', faults)}");
        }
        catch (TenantException fault)
        {
            throw Explain(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Invalid, $"{folder} cannot be read.");
        }
    }

    private static Task WithOwnerAsync(Func<NpgsqlDataSource, Task> run, CancellationToken cancellationToken) => OwnerDatabase.RunOnCurrentSchemaAsync(async owner =>
    {
        try
        {
            await run(owner);
        }
        catch (TenantException fault)
        {
            throw Explain(fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"The folder cannot be written: {fault.Message}");
        }
    }, cancellationToken);

    private static CliException Explain(TenantException fault) => new(
        fault.Fault switch
        {
            TenantFault.NotFound => ExitCodes.NotFound,
            TenantFault.Refused => ExitCodes.Refused,
            TenantFault.NotYet => ExitCodes.Unavailable,
            _ => ExitCodes.Failed,
        },
        fault.Message);
}
