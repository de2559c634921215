using System.Text.Json;
using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Alerts;

/// <summary>
/// The classifier's rules as data. First the rules of kind <c>sign</c>, in order; then those of kind <c>subject</c>, of which the one whose word
/// stands first in the name wins, since rule names begin with the product that they are about; then those of kind <c>symptom</c>, in order;
/// then the subjects again in the values of the alert's labels; then those of kind <c>hint</c>, in order.
/// </summary>
internal sealed record ClassifierRules
{
    public required IReadOnlyList<ClassifierRule> Rules { get; init; }

    /// <summary>Labels whose values may name a subject, in this order.</summary>
    public IReadOnlyList<string> SubjectLabels { get; init => field = value ?? []; } = [];

    /// <summary>The category of what nothing matches.</summary>
    public required string Fallback { get; init; }

    /// <summary>Notification types by category; what is not named goes by severity.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

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

/// <summary>Matches a name by a glob or by words; either is enough.</summary>
/// <param name="Globs">Whole names, case-sensitive; <c>*</c> is any text, also none.</param>
/// <param name="Words">
/// Lower-case words of the name, or several in a row (<c>load balancer</c>). A trailing <c>*</c> takes every word that begins so.
/// </param>
internal sealed record ClassifierRule(string Category, RuleKind Kind, IReadOnlyList<string>? Globs = null, IReadOnlyList<string>? Words = null);

[JsonConverter(typeof(SnakeCaseEnumConverter<RuleKind>))]
internal enum RuleKind
{
    None = 0,

    /// <summary>Decides whatever the alert is about: a certificate is one on every product.</summary>
    Sign,

    /// <summary>Names a product or a part of the system.</summary>
    Subject,

    /// <summary>Names what is wrong, plainly enough to tell the category.</summary>
    Symptom,

    /// <summary>Says little, and so only counts when nothing else does.</summary>
    Hint,
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ClassifierRules))]
internal sealed partial class ClassifierRulesJson : JsonSerializerContext;
