namespace AwoooP.Integrations.Models;

/// <summary>Where models run, and what they cost. Section <c>Integrations:Models</c>.</summary>
public sealed class ModelOptions
{
    /// <summary>Providers that agents' contracts may name. Default: none, so that no model is called and every model step is refused. At most 16.</summary>
    public IList<ModelProviderOptions> Providers { get; set; } = [];

    /// <summary>
    /// Absolute path of a price table that replaces the built-in one whole, in the same form (<c>src/Integrations/Models/model-prices.json</c>).
    /// Default null: the built-in one. A model without a price is never called. Read at the start.
    /// </summary>
    public string? Prices { get; set; }
}
