using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;
using AwoooP.Operators;

namespace AwoooP.Client.Cli.Commands;

internal static class ClusterCommands
{
    private const int CommitShown = 8;

    public static Command Create() => CommandLine.Api("cluster", "The silos, what each owns and how busy it is.", [], async (arguments, api, token) =>
    {
        var report = await api.GetAsync($"{PlatformApi.Root}/cluster", token);
        if (Shown.IsJson(arguments))
        {
            Shown.Json(report);
            return;
        }

        Shown.Rows([.. report.GetProperty("silos").EnumerateArray().Select(Row)], "No silos.",
            "silo_id:silo", "state", "address", "version", "partitions", "incarnation", "lease_left", "grains", "busiest_grain", "busiest_partition", "reported_at");
        foreach (var silo in report.GetProperty("silos").EnumerateArray())
        {
            if (silo.GetProperty("partitions_owned").GetString() is { Length: > 0 } owned)
                await Console.Out.WriteLineAsync($"{silo.GetProperty("silo_id").GetString()} owns {owned}");
        }

        var partitions = report.GetProperty("partitions").GetInt32();
        if (report.GetProperty("unowned_partitions").GetInt32() is > 0 and var unowned)
            await Console.Error.WriteLineAsync($"{unowned} of {partitions} partitions have no living owner.");

        // Asked for without the role, it would be on record as a refused act each time that somebody looks at the silos.
        var mayAsk = (await KeyRoles.ReadAsync(api, token)).In(arguments.GetValue(GlobalOptions.Project)) >= OperatorRole.Operator;
        IEnumerable<string> delivery = mayAsk
            ? await DeliveryAsync(api, partitions, token)
            : ["How far consumers are, and dead letters, are shown to operators of the project."];
        foreach (var line in delivery)
            await Console.Error.WriteLineAsync(line);
    });

    /// <summary>Whether what the silos write is followed, in a line each; the commands that they name show more.</summary>
    private static async Task<IEnumerable<string>> DeliveryAsync(ApiConnection api, int partitions, CancellationToken cancellationToken)
    {
        var report = await api.GetAsync(DeliveryCommands.Root, cancellationToken);
        var lags = report.GetProperty("consumers").EnumerateArray().Select(static consumer => consumer.GetProperty("lag").GetInt64()).ToList();
        // A silo that answers counts its own partitions alone.
        var counted = report.GetProperty("partitions").GetInt32() is var seen && seen < partitions ? $" in {seen} of {partitions} partitions" : "";
        return
        [
            lags.Count(static lag => lag > 0) is > 0 and var behind
                ? $"{behind} of {lags.Count} consumers are behind{counted}, by {lags.Max()} events at most: ./awooop delivery"
                : $"No consumer is behind{counted}: ./awooop delivery",
            DeliveryCommands.Held(report),
        ];
    }

    /// <summary>The commit that a build was made from, as short as people write it.</summary>
    private static string Short(string version) =>
        version.IndexOf('+', StringComparison.Ordinal) is >= 0 and var commit && version.Length > commit + 1 + CommitShown ? version[..(commit + 1 + CommitShown)] : version;

    /// <summary>Of what a silo tells in lists, a table has room for the sum or the first.</summary>
    private static JsonElement Row(JsonElement silo)
    {
        var row = JsonObject.Create(silo)!;
        row["version"] = Short(silo.GetProperty("version").GetString()!);
        row["lease_left"] = silo.GetProperty("lease_left_ms").GetInt64() is > 0 and var left ? string.Create(CultureInfo.InvariantCulture, $"{left / 1000.0:0.0} s") : "";
        if (silo.GetProperty("activations") is { ValueKind: JsonValueKind.Array } types)
            row["grains"] = types.EnumerateArray().Sum(static type => type.GetProperty("count").GetInt32());
        if (silo.GetProperty("hot_grains") is { ValueKind: JsonValueKind.Array } grains && grains.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } grain)
            row["busiest_grain"] = $"{grain.GetProperty("grain").GetString()} {grain.GetProperty("calls_per_second").GetRawText()}/s";
        if (silo.GetProperty("hot_partitions") is { ValueKind: JsonValueKind.Array } partitions && partitions.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } partition)
            row["busiest_partition"] = $"{partition.GetProperty("partition").GetRawText()} {partition.GetProperty("commits_per_second").GetRawText()}/s";
        using var document = JsonDocument.Parse(row.ToJsonString());
        return document.RootElement.Clone();
    }
}
