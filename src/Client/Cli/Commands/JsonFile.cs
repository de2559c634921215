using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Commands;

/// <summary>A file that somebody names, read as JSON.</summary>
internal static class JsonFile
{
    /// <exception cref="CliException">It is not there, or not JSON.</exception>
    public static async Task<JsonNode> ReadAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists)
            throw new CliException(ExitCodes.Invalid, $"{file.FullName} does not exist.");

        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(file.FullName, cancellationToken))
                ?? throw new CliException(ExitCodes.Invalid, $"{file.FullName} is empty.");
        }
        catch (JsonException fault)
        {
            throw new CliException(ExitCodes.Invalid, $"{file.FullName} is not JSON: {fault.Message}");
        }
    }
}
