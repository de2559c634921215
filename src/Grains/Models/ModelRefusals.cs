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

    /// <summary>The accounts could not be asked in time.</summary>
    public const string BudgetUnavailable = "budget_unavailable";

    /// <summary>There was no answer before the deadline.</summary>
    public const string TimedOut = "timed_out";
}
