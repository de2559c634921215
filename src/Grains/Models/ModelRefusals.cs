using System.Globalization;

namespace AwoooP.Models;

/// <summary>Why the gateway makes a call not at all, besides the budget's refusals.</summary>
public static class ModelRefusals
{
    /// <summary>No provider of the name is configured.</summary>
    public const string NotConfigured = "model_not_configured";

    /// <summary>Nothing unpriced is called.</summary>
    public const string PriceUnknown = "model_price_unknown";

    /// <summary>The call could cost more than its envelope allows.</summary>
    public const string CostOverLimit = "model_cost_over_limit";

    /// <summary>The first call of a step could cost more than its run, or the run's incident, may cost at all.</summary>
    public const string CostOverRunLimit = "model_cost_over_run_limit";

    /// <summary>The first call of a step could take more tokens than its run, or the run's incident, may take at all.</summary>
    public const string TokensOverRunLimit = "model_tokens_over_run_limit";

    /// <summary>The accounts could not be asked in time: ten seconds, or before the call's deadline where that comes first.</summary>
    public const string BudgetUnavailable = "budget_unavailable";

    /// <summary>There was no answer before the deadline.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>A code with the two figures that do not go together, e.g. <c>model_cost_over_limit_0.385_of_0.25</c>. Neither is rounded.</summary>
    internal static string WithFigures(string code, decimal wanted, decimal limit) => $"{code}_{Exact(wanted)}_of_{Exact(limit)}";

    private static string Exact(decimal figure) => figure.ToString("0.############################", CultureInfo.InvariantCulture);
}
