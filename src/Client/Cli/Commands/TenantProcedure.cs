using System.Text.Json.Nodes;
using AwoooP.Client.Api;
using AwoooP.Journal.Tenants;
using AwoooP.Records;

namespace AwoooP.Client.Cli.Commands;

/// <summary>
/// The steps by which a project is taken out, between the acts that a silo writes into the log and the rows that the owner deletes. Each is done
/// again without harm, and where to go on is told by the database: so the procedure ends however often it was cut off.
/// </summary>
/// <param name="export">What was exported before, and the hash of its manifest; null for nothing.</param>
internal sealed class TenantProcedure(
    string projectId, ApiConnection api, TenantRemoval removal, TimeSpan wait, (ExportManifest Manifest, string Sha256)? export)
{
    public const int MaxWaitSeconds = 86_400;

    private const string Root = $"{PlatformApi.Root}/removals";

    private const string Raced = "Something came up while the project was closed.";

    public async Task RemoveAsync(string reason, CancellationToken cancellationToken)
    {
        var state = await removal.ReadStateAsync(cancellationToken);
        if (state is TenantRemovalState.None or TenantRemovalState.Fenced)
            await CloseAsync(state, reason, cancellationToken);
        else if (export is not null)
            await Console.Error.WriteLineAsync("Rows were deleted before: whether the export had them all cannot be told any more, and only one that was named before is on record.");

        if (state != TenantRemovalState.Removed)
            await DeleteAsync(cancellationToken);

        await ActAsync("complete", null, cancellationToken);
        await Console.Out.WriteLineAsync($"{projectId} was taken out. Its id cannot be used again until 'awooop tenant release' lets it go.");
    }

    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        switch (await removal.ReadStateAsync(cancellationToken))
        {
            case TenantRemovalState.Removed:
                if (await ReleaseObstacles.FindAsync(removal.Owner, projectId, cancellationToken) is { } keys)
                    throw new CliException(ExitCodes.Refused, keys);

                // Before the row goes: without it nobody could tell that the record of the removal is still missing.
                await ActAsync("complete", null, cancellationToken);
                await removal.ReleaseAsync(cancellationToken);
                break;
            case TenantRemovalState.Fenced or TenantRemovalState.Deleting:
                throw new CliException(ExitCodes.Refused, $"{projectId} is not wholly taken out: 'awooop tenant remove' first.");
        }

        await ActAsync("release", null, cancellationToken);
        await Console.Out.WriteLineAsync($"The id {projectId} may be used again.");
    }

    /// <summary>
    /// Looks twice at what stands in the way: before anything is done, and again behind the fence, where nothing new can come up. What is found
    /// then opens the project again, since behind the fence it could not come to its end. That the export has everything is asked with it.
    /// </summary>
    private async Task CloseAsync(TenantRemovalState state, string reason, CancellationToken cancellationToken)
    {
        if (state == TenantRemovalState.None && await FindObstaclesAsync(cancellationToken) is { Count: > 0 } first)
        {
            // It may stand closed since the procedure was cut off before the fence, and what is in the way could then not come to its end.
            await ActAsync("abandon", Raced, cancellationToken);
            Refuse(first);
        }

        await ActAsync("begin", reason, cancellationToken);
        await removal.FenceAsync(wait, cancellationToken);
        await Console.Out.WriteLineAsync($"{projectId} is closed: nothing of it is written any more.");
        try
        {
            await removal.WaitForProjectionsAsync(RecordProjections.All, wait, TellBehind, cancellationToken);
        }
        catch (TenantException)
        {
            await OpenAgainAsync("Projections did not pass its last event in time.", cancellationToken);
            throw;
        }

        var obstacles = await FindObstaclesAsync(cancellationToken);
        if (obstacles.Count == 0)
            return;

        await OpenAgainAsync(Raced, cancellationToken);
        Refuse(obstacles);
    }

    private async Task OpenAgainAsync(string why, CancellationToken cancellationToken)
    {
        var letters = await removal.GiveUpAsync(cancellationToken);
        await ActAsync("abandon", why, cancellationToken);
        await Console.Error.WriteLineAsync($"{projectId} is suspended as before: nothing was deleted.");
        try
        {
            letters += await removal.AskAgainAsync(wait, cancellationToken);
        }
        catch (TenantException)
        {
            // It is open, and why it was opened is what the command ends with.
            await Console.Error.WriteLineAsync("A transaction of the platform does not end: what was refused in it stands in './awooop deadletters'.");
        }

        if (letters > 0)
            await Console.Error.WriteLineAsync($"Deliveries that were refused meanwhile are made again: {letters}. What fails once more stands in './awooop deadletters'.");
    }

    private Task<IReadOnlyList<string>> FindObstaclesAsync(CancellationToken cancellationToken) =>
        RemovalObstacles.FindAsync(removal.Owner, projectId, export?.Manifest, cancellationToken);

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var gone = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await removal.DeleteAsync(export?.Sha256, wait, (table, rows) => gone[table] = gone.GetValueOrDefault(table) + rows, cancellationToken);
        foreach (var (table, rows) in gone)
            await Console.Out.WriteLineAsync($"{table}: {rows} rows");
    }

    private static void TellBehind(IReadOnlyList<string> behind) => Console.Error.WriteLine($"Waiting for {string.Join(", ", behind)}");

    private void Refuse(IReadOnlyList<string> obstacles)
    {
        if (obstacles.Count > 0)
            throw new CliException(ExitCodes.Refused, $"{projectId} cannot be taken out yet:\n{string.Join('\n', obstacles)}");
    }

    /// <summary>Each act is one that a repeat finds done, so it needs no key against repeats, whose grain would stand in a project itself.</summary>
    private async Task ActAsync(string act, string? reason, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["project_id"] = projectId };
        if (reason is not null)
            body["reason"] = reason;

        await api.SendAsync(HttpMethod.Post, $"{Root}/{act}", body, cancellationToken, repeatable: false);
    }
}
