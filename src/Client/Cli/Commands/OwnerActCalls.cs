using System.Globalization;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;
using AwoooP.Journal;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Tenants;

namespace AwoooP.Client.Cli.Commands;

/// <summary>Tells a silo what the owner is about to do on the database, so that it stands in the log with a name and a reason, and before it is done.</summary>
internal sealed class OwnerActCalls(ApiConnection api)
{
    public Task BeginExportAsync(string projectId, string reason, CancellationToken cancellationToken) =>
        TellAsync("exports/begin", new JsonObject { ["project_id"] = projectId, ["reason"] = reason }, cancellationToken);

    /// <param name="manifest">What was exported.</param>
    /// <param name="sha256">The hash that names the export.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    /// <exception cref="CliException">The export is whole, and its end is not on record.</exception>
    public async Task CompleteExportAsync(ExportManifest manifest, string sha256, CancellationToken cancellationToken)
    {
        var positions = new JsonArray();
        foreach (var position in manifest.Positions)
            positions.Add((JsonNode?)new Position(position.Generation, position.Partition, position.Seq).ToString());

        var body = new JsonObject
        {
            ["project_id"] = manifest.ProjectId,
            ["manifest_sha256"] = sha256,
            ["positions"] = positions,
        };
        try
        {
            await TellAsync("exports/complete", body, cancellationToken);
        }
        catch (CliException fault)
        {
            throw new CliException(fault.ExitCode, $"The export is whole, with the manifest {sha256}. That it was begun is on record, and its end is not: {fault.Message}");
        }
    }

    public Task BeginCutAsync(CutPlan plan, string reason, CancellationToken cancellationToken) => TellAsync(
        "log-cuts/begin",
        new JsonObject
        {
            ["before"] = plan.Before.ToString("O", CultureInfo.InvariantCulture),
            ["months"] = plan.Months.Count,
            ["events"] = plan.Events,
            ["reason"] = reason,
        },
        cancellationToken);

    /// <summary>An act that is told twice was tried twice; a key against repeats would have its grain in a project.</summary>
    private Task TellAsync(string act, JsonObject body, CancellationToken cancellationToken) =>
        api.SendAsync(HttpMethod.Post, $"{PlatformApi.Root}/{act}", body, cancellationToken, repeatable: false);
}
