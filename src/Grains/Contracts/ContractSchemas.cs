using System.Collections.Frozen;
using System.Text.Json;
using AwoooP.Events;
using AwoooP.Schemas;
using AwoooP.Signing;

namespace AwoooP.Contracts;

/// <summary>The schema of each kind, as it comes with the program.</summary>
internal static class ContractSchemas
{
    private static readonly FrozenDictionary<ContractKind, JsonSchema> ByKind = Enum.GetValues<ContractKind>()
        .Where(static kind => kind is not ContractKind.None)
        .ToFrozenDictionary(static kind => kind, static kind => ReadBuiltIn($"{Literal.Of(kind)}.v1.json"));

    /// <summary>What <see cref="DecisionContextV1"/> looks like as JSON.</summary>
    public static JsonSchema DecisionContext { get; } = ReadBuiltIn("decision-context.v1.json");

    public static JsonSchema Of(ContractKind kind) => ByKind[kind];

    /// <summary>The schemas that a document holds, each with its path.</summary>
    public static IEnumerable<(JsonElement Schema, JsonPath Path)> Within(ContractKind kind, JsonElement document) =>
        Places(kind).Where(place => document.TryGetProperty(place, out _)).Select(place => (document.GetProperty(place), JsonPath.Root.Member(place)));

    private static string[] Places(ContractKind kind) => kind switch
    {
        ContractKind.Agent => ["input_schema", "answer_schema"],
        ContractKind.Tool => ["arguments_schema", "result_schema"],
        ContractKind.Decision => ["report_schema"],
        _ => [],
    };

    private static JsonSchema ReadBuiltIn(string file)
    {
        using var stream = typeof(ContractSchemas).Assembly.GetManifestResourceStream($"AwoooP.Contracts.{file}")
            ?? throw new InvalidOperationException($"The built-in schema {file} is missing.");
        var json = new byte[stream.Length];
        stream.ReadExactly(json);
        return JsonSchema.Of(json);
    }
}
