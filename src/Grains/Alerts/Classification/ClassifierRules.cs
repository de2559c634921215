using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwoooP.Alerts;

/// <summary>The classifier's rules as data. Order counts: the first rule that matches the name wins.</summary>
internal sealed record ClassifierRules
{
    public required IReadOnlyList<ClassifierRule> Rules { get; init; }

    /// <summary>Labels whose values are looked at, in this order, when no rule matches the name.</summary>
    public IReadOnlyList<string> SubjectLabels { get; init; } = [];

    /// <summary>The category of what nothing matches.</summary>
    public required string Fallback { get; init; }

    /// <summary>Notification types by category; what is not named goes by severity.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = new Dictionary<string, string>();

    /// <exception cref="JsonException">The text is not a rule set.</exception>
    public static ClassifierRules Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ClassifierRulesJson.Default.ClassifierRules) ?? throw new JsonException("The rule set is null.");

    public static ClassifierRules ReadBuiltIn()
    {
        using var stream = typeof(ClassifierRules).Assembly.GetManifestResourceStream("AwoooP.Alerts.classifier-rules.json")
            ?? throw new InvalidOperationException("The built-in rule set is missing.");
        return JsonSerializer.Deserialize(stream, ClassifierRulesJson.Default.ClassifierRules) ?? throw new JsonException("The rule set is null.");
    }
}

/// <summary>Matches a name by a glob or by words. A rule may have both; either is enough.</summary>
/// <param name="Globs">Whole names, case-sensitive; <c>*</c> is any text, also none.</param>
/// <param name="Words">
/// A word of the name, or several in a row (<c>persistent volume</c>). A trailing <c>*</c> takes every word that begins so.
/// </param>
/// <param name="BySubject">Whether the words are also looked for in the values of the subject labels.</param>
internal sealed record ClassifierRule(
    string Category,
    IReadOnlyList<string>? Globs = null,
    IReadOnlyList<string>? Words = null,
    bool BySubject = false);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ClassifierRules))]
internal sealed partial class ClassifierRulesJson : JsonSerializerContext;
