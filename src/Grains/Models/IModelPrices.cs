using AwoooP.Budgets;

namespace AwoooP.Models;

/// <summary>What models cost.</summary>
public interface IModelPrices
{
    /// <returns>The price at the time; null where none is known.</returns>
    ModelPrice? Find(string provider, string model, DateTimeOffset at);
}

/// <summary>US dollars for a million tokens.</summary>
public sealed record ModelPrice(decimal PromptUsd, decimal CompletionUsd)
{
    private const decimal Million = 1_000_000;

    /// <summary>The ledger keeps 4 places.</summary>
    private const decimal UnitsOfADollar = 10_000;

    /// <summary>Rounded up, so that no call is free by its size, and an estimate is never below what it bounds.</summary>
    public Spending CostOf(int promptTokens, int completionTokens) => new(
        decimal.Ceiling(((promptTokens * PromptUsd) + (completionTokens * CompletionUsd)) / Million * UnitsOfADollar) / UnitsOfADollar,
        (long)promptTokens + completionTokens);
}
