using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

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
        if (report.GetProperty("unowned_partitions").GetInt32() is > 0 and var unowned)
            Console.Error.WriteLine($"{unowned} of {report.GetProperty("partitions").GetInt32()} partitions have no living owner.");
    });

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
