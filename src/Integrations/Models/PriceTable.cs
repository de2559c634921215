using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Budgets;

namespace AwoooP.Integrations.Models;

/// <summary>A price table as it is written.</summary>
internal sealed record PriceTable(IReadOnlyList<PriceEntry> Prices)
{
    private const string BuiltIn = "AwoooP.Integrations.model-prices.json";
    private const int MaxBytes = 1024 * 1024;

    /// <param name="path">Null for the built-in one.</param>
    /// <param name="fault">What is wrong with it, as the end of a sentence that the file begins.</param>
    public static PriceTable? Load(string? path, out string? fault)
    {
        try
        {
            if (path is not null && (!Path.IsPathFullyQualified(path) || new FileInfo(path) is { Exists: false } or { Length: > MaxBytes }))
            {
                fault = $"must be the absolute path of a file of at most {MaxBytes} bytes";
                return null;
            }

            using var stream = path is null ? OpenBuiltIn() : File.OpenRead(path);
            var table = JsonSerializer.Deserialize(stream, PriceJson.Default.PriceTable);
            fault = FaultOf(table);
            return fault is null ? table : null;
        }
        catch (JsonException wrong)
        {
            fault = $"is not a price table at {wrong.Path ?? "$"}";
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = $"cannot be read ({unreadable.GetType().Name})";
            return null;
        }
    }

    private static string? FaultOf(PriceTable? table)
    {
        if (table?.Prices is not { } prices)
            return "has no prices";
        foreach (var (number, entry) in prices.Index())
        {
            if ((entry is null ? "there is none" : entry.FaultOf()) is { } fault)
                return $"has a price that is not valid at $.prices[{number}]: {fault}";
        }

        return prices.GroupBy(static entry => (entry.Provider, entry.Model, entry.EffectiveFrom)).FirstOrDefault(static same => same.Count() > 1) is { } twice
            ? $"has two prices of {twice.Key.Provider} {twice.Key.Model} from {twice.Key.EffectiveFrom:O}"
            : null;
    }

    private static Stream OpenBuiltIn() => typeof(PriceTable).Assembly.GetManifestResourceStream(BuiltIn)
        ?? throw new InvalidOperationException("The built-in price table is missing.");
}

/// <param name="PromptUsdPerMillion">US dollars for a million tokens; 0 to 10,000.</param>
/// <param name="EffectiveFrom">From when it holds, until a later one does.</param>
internal sealed record PriceEntry(
    string Provider, string Model, decimal PromptUsdPerMillion, decimal CompletionUsdPerMillion, DateTimeOffset EffectiveFrom)
{
    private const int MaxProvider = 32;
    private const decimal MaxPrice = 10_000;

    public string? FaultOf()
    {
        if (Provider is not { Length: >= 1 and <= MaxProvider })
            return $"provider must have 1 to {MaxProvider} characters";
        if (!ModelName.IsValid(Model))
            return $"model must have {ModelName.Rule}";
        return PromptUsdPerMillion is < 0 or > MaxPrice || CompletionUsdPerMillion is < 0 or > MaxPrice ? $"a price must be 0 to {MaxPrice}" : null;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PriceTable))]
internal sealed partial class PriceJson : JsonSerializerContext;
