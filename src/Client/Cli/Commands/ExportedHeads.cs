using System.Text.Json;
using AwoooP.Records;

namespace AwoooP.Client.Cli.Commands;

/// <summary>
/// Heads that were exported and kept out of the database's reach, against those that the database has now. Every one must be there as it was exported: heads never leave,
/// and of a chain that was written anew and signed again only the older heads tell.
/// </summary>
/// <param name="Compared">Heads of the project that was asked for.</param>
/// <param name="Others">Lines with heads of other projects, that were passed over.</param>
internal readonly record struct ExportedHeads(int Compared, int Others)
{
    /// <param name="file">Of every project, it may be, and of some that are no more.</param>
    /// <param name="projectId">Whose heads are compared.</param>
    /// <param name="signed">The project's heads as the API answers them, asked for once the file was read: whatever stands there was signed before.</param>
    /// <param name="cancellationToken">Ends it between two heads.</param>
    /// <exception cref="CliException">The file cannot be read, or the trail is broken.</exception>
    public static async Task<ExportedHeads> CheckAsync(string file, string projectId, IAsyncEnumerable<JsonElement> signed, CancellationToken cancellationToken)
    {
        var (kept, others) = await ReadAsync(file, projectId, cancellationToken);
        var compared = new ExportedHeads(kept.Count, others);
        if (kept.Count == 0)
            return compared;

        await foreach (var head in signed.WithCancellation(cancellationToken))
        {
            if (!kept.Remove(head.GetProperty("position").GetString()!, out var exported))
                continue;
            if (head.GetProperty("hash").GetString() != exported.Hash || head.GetProperty("chain_no").GetInt64() != exported.ChainNo)
                throw Broken($"the row at {exported.Position} in {projectId} is another than the one that was signed.");
            if (kept.Count == 0)
                return compared;
        }

        var first = kept.Values.MinBy(static missing => missing.SignedAt)!;
        throw Broken($"the row at {first.Position} in {projectId} was signed, and its head is not there. Heads that are missing: {kept.Count}.");
    }

    /// <summary>The project's heads by their position.</summary>
    private static async Task<(Dictionary<string, AuditHeadRow> Kept, int Others)> ReadAsync(string file, string projectId, CancellationToken cancellationToken)
    {
        var kept = new Dictionary<string, AuditHeadRow>(StringComparer.Ordinal);
        var (others, torn) = (0, 0);
        try
        {
            var shared = new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite };
            await using var stream = await LockedFile.OpenAsync(file, shared, TimeProvider.System, cancellationToken);
            using var lines = new StreamReader(stream);
            while (await lines.ReadLineAsync(cancellationToken) is { } line)
            {
                if (string.IsNullOrWhiteSpace(line))
                    continue;
                // A crash of whoever wrote it can cut a line off, and the file is only ever added to: its head follows once more.
                if (!AuditHeadLine.TryRead(line, out var head))
                    torn++;
                else if (head.ProjectId != projectId)
                    others++;
                else if (!kept.TryAdd(head.Position, head) && (kept[head.Position].Hash != head.Hash || kept[head.Position].ChainNo != head.ChainNo))
                    throw Broken($"the row at {head.Position} in {projectId} was signed twice, and was another the second time.");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Invalid, $"{file} cannot be read.");
        }

        if (torn > 0 && kept.Count == 0 && others == 0)
            throw new CliException(ExitCodes.Invalid, $"{file} does not hold exported heads, one a line.");
        if (torn > 0)
            await Console.Error.WriteLineAsync($"{torn} lines of {file} are no heads, as those that are cut off, and were passed over.");
        return (kept, others);
    }

    private static CliException Broken(string what) => new(ExitCodes.Failed, $"The audit trail is broken: {what}");
}
