using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using AwoooP.Client.Api;

namespace AwoooP.Client.Cli.Commands;

internal static class ClusterCommands
{
    public static Command Create() => CommandLine.Api("cluster", "The silos, what each owns and how busy it is.", [], async (arguments, api, token) =>
    {
        var report = await api.GetAsync($"{PlatformApi.Root}/cluster", token);
        if (Shown.IsJson(arguments))
        {
            Shown.Json(report);
            return;
        }

        Shown.Rows([.. report.GetProperty("silos").EnumerateArray().Select(Row)], "No silos.",
            "silo_id:silo", "state", "address", "version", "partitions", "incarnation", "lease_left_ms", "grains", "busiest_grain", "busiest_partition", "reported_at");
        if (report.GetProperty("unowned_partitions").GetInt32() is > 0 and var unowned)
            Console.Error.WriteLine($"{unowned} of {report.GetProperty("partitions").GetInt32()} partitions have no living owner.");
    });

    /// <summary>Of what a silo tells in lists, a table has room for the sum or the first.</summary>
    private static JsonElement Row(JsonElement silo)
    {
        var row = JsonObject.Create(silo)!;
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
