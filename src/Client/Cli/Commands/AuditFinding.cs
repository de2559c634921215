using System.Text.Json;
using System.Text.Json.Nodes;

namespace AwoooP.Client.Cli.Commands;

/// <summary>What a check of the audit trail found, all of its parts together.</summary>
/// <param name="Rows">Acts that were checked.</param>
/// <param name="Heads">Signed heads that were.</param>
/// <param name="UnknownKeys">Heads whose signature could not be, since their key is not known.</param>
/// <param name="Unlogged">Acts among the rows that have left the log.</param>
/// <param name="LogFrom">Where the log begins after a cut; null when it is whole.</param>
/// <param name="Fault">The first thing that is wrong; nothing behind it was checked.</param>
/// <param name="Held">Chains that are right as far as they go, and cannot go on.</param>
internal sealed record AuditFinding(
    long Rows, long Heads, long UnknownKeys, long Unlogged, string? LogFrom, JsonElement? Fault, IReadOnlyList<JsonElement> Held)
{
    /// <param name="read">Asks for the part that begins there; null for the first.</param>
    public static async Task<AuditFinding> ReadAsync(Func<string?, Task<JsonElement>> read)
    {
        var sum = new AuditFinding(0, 0, 0, 0, null, null, []);
        string? from = null;
        do
        {
            var part = await read(from);
            sum = new AuditFinding(
                sum.Rows + part.GetProperty("rows").GetInt64(),
                sum.Heads + part.GetProperty("heads").GetInt64(),
                sum.UnknownKeys + part.GetProperty("unknown_keys").GetInt64(),
                sum.Unlogged + part.GetProperty("unlogged").GetInt64(),
                part.GetProperty("log_from").GetString(),
                part.GetProperty("fault") is { ValueKind: JsonValueKind.Object } fault ? fault : null,
                // Told with the last part.
                [.. part.GetProperty("held").EnumerateArray()]);
            from = part.GetProperty("next").GetString();
        }
        while (from is not null && sum.Fault is null);

        return sum;
    }

    /// <summary>As the API answers a part, with the counts of all parts; what was compared with exported heads beside it.</summary>
    public JsonElement ToJson(ExportedHeads? kept)
    {
        var told = new JsonObject
        {
            ["rows"] = Rows,
            ["heads"] = Heads,
            ["unknown_keys"] = UnknownKeys,
            ["fault"] = Fault is { } fault ? JsonObject.Create(fault) : null,
            ["log_from"] = LogFrom,
            ["unlogged"] = Unlogged,
            ["held"] = new JsonArray([.. Held.Select(static chain => (JsonNode?)JsonObject.Create(chain))]),
        };
        if (kept is { } compared)
        {
            told["exported_heads"] = compared.Compared;
            told["passed_over"] = compared.Others;
        }

        return JsonElement.Parse(told.ToJsonString());
    }
}
