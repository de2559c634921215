namespace AwoooP.Signing;

/// <summary>A JSON text has no canonical form: it says something that no two readers need to understand alike.</summary>
/// <param name="code">Stable: <c>malformed_json</c>, <c>duplicate_key</c>, <c>lone_surrogate</c> or <c>number_out_of_range</c>.</param>
/// <param name="path">Of the value.</param>
/// <param name="message">One sentence for a person.</param>
public sealed class CanonicalJsonException(string code, JsonPath path, string message) : FormatException($"{path}: {message}")
{
    public string Code { get; } = code;

    public string Path { get; } = path.ToString();

    /// <summary>The sentence without the path.</summary>
    public string Reason { get; } = message;
}
