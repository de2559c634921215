using System.Collections.Frozen;
using AwoooP.Models;
using Microsoft.Extensions.Options;

namespace AwoooP.Integrations.Models;

/// <summary>The price table that the settings name, or the built-in one, as it was at the start.</summary>
internal sealed class ModelPrices(IOptions<ModelOptions> options) : IModelPrices
{
    private readonly FrozenDictionary<(string Provider, string Model), PriceEntry[]> _newestFirst = Load(options.Value.Prices).Prices
        .GroupBy(static entry => (entry.Provider, entry.Model))
        .ToFrozenDictionary(static model => model.Key, static model => model.OrderByDescending(entry => entry.EffectiveFrom).ToArray());

    public ModelPrice? Find(string provider, string model, DateTimeOffset at) =>
        _newestFirst.TryGetValue((provider, model), out var prices) && Array.Find(prices, entry => entry.EffectiveFrom <= at) is { } price
            ? new ModelPrice(price.PromptUsdPerMillion, price.CompletionUsdPerMillion)
            : null;

    private static PriceTable Load(string? path) =>
        PriceTable.Load(path, out var fault) ?? throw new InvalidOperationException($"The price table {fault}.");
}
