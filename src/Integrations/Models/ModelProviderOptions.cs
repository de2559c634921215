namespace AwoooP.Integrations.Models;

/// <summary>One provider that speaks OpenAI's chat completions.</summary>
public sealed class ModelProviderOptions
{
    /// <summary>What contracts and the price table call it: 1 to 32 lower-case letters, digits, <c>_</c> and <c>-</c>, the first a letter.</summary>
    public string Name { get; set; } = "";

    /// <summary>Base address; <c>/chat/completions</c> is put behind it. http or https, without credentials. Nothing else is called, and redirects are not followed.</summary>
    public Uri? Url { get; set; }

    /// <summary>A reference (<c>env://NAME</c> or <c>file:///path#key</c>) to the bearer key; default null: none is sent.</summary>
    public string? Key { get; set; }

    /// <summary>Seconds for one call, answer included. Default 60; 1 to 600. What takes longer is given up and charged as estimated.</summary>
    public int TimeoutSeconds { get; set; } = 60;
}
