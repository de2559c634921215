using System.Text.Json;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

/// <summary>
/// Heads that were exported and kept out of the database's reach, against the chains as they are now. Of each chain the newest is enough, since
/// the links lead from there to the first row.
/// </summary>
internal static class AuditHeadsFile
{
    /// <returns>How many heads were compared.</returns>
    public static async Task<int> CheckAsync(string file, (string Name, string? Value) scope, ApiConnection api, CancellationToken cancellationToken)
    {
        var newest = await ReadAsync(file, cancellationToken);
        foreach (var head in newest)
        {
            JsonElement act;
            try
            {
                act = await api.GetAsync($"{PlatformApi.Root}/audit/acts/{head.Position}", [scope, ("project_id", scope.Value is null or "project" ? head.Project : null)], cancellationToken);
            }
            catch (CliException missing) when (missing.ExitCode == ExitCodes.NotFound)
            {
                throw new CliException(ExitCodes.Failed, $"The audit trail is broken: the row at {head.Position} in {head.Project} was signed, and is not there.");
            }

            if (act.GetProperty("hash").GetString() != head.Hash || act.GetProperty("chain_no").GetInt64() != head.ChainNo)
                throw new CliException(ExitCodes.Failed, $"The audit trail is broken: the row at {head.Position} in {head.Project} is another than the one that was signed.");
        }

        return newest.Count;
    }

    private static async Task<IReadOnlyCollection<ExportedHead>> ReadAsync(string file, CancellationToken cancellationToken)
    {
        var newest = new Dictionary<(string, string), ExportedHead>();
        try
        {
            await foreach (var line in File.ReadLinesAsync(file, cancellationToken))
            {
                if (string.IsNullOrWhiteSpace(line))
                    continue;
                var head = Parse(line);
                if (!newest.TryGetValue(head.Chain, out var known) || known.ChainNo < head.ChainNo)
                    newest[head.Chain] = head;
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Invalid, $"{file} cannot be read.");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new CliException(ExitCodes.Invalid, $"{file} does not hold exported heads, one a line.");
        }

        return newest.Values;
    }

    private static ExportedHead Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var head = json.RootElement;
        return new ExportedHead(
            head.GetProperty("project_id").GetString()!,
            head.GetProperty("position").GetString()!,
            head.GetProperty("chain_no").GetInt64(),
            head.GetProperty("hash").GetString()!);
    }

    private sealed record ExportedHead(string Project, string Position, long ChainNo, string Hash)
    {
        /// <summary>The position without its sequence number.</summary>
        public (string, string) Chain => (Project, Position[..Position.LastIndexOf('.')]);
    }
}
