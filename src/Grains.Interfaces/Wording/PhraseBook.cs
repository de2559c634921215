using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace AwoooP.Wording;

/// <summary>
/// The texts of one language, by key. Places are written <c>{name}</c>, or <c>{name:code}</c> where the value is a stable code that is told in
/// words. Keys of codes begin with <c>code.</c>.
/// </summary>
internal sealed partial class PhraseBook
{
    private const string CodePrefix = "code.";

    private static readonly PhraseBook English = new(PhrasesEnglish.All);
    private static readonly PhraseBook TraditionalChinese = new(PhrasesChinese.All);

    private readonly FrozenDictionary<string, string> _texts;

    private PhraseBook(IReadOnlyDictionary<string, string> texts) => _texts = texts.ToFrozenDictionary(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Texts => _texts;

    public static PhraseBook Of(Language language) => language == Language.TraditionalChinese ? TraditionalChinese : English;

    public string? Write(Phrase phrase) => _texts.TryGetValue(phrase.Key, out var text) ? Fill(text, phrase.Args) : null;

    /// <summary>A code in words; one that is not known is told as it is, since it is better than nothing.</summary>
    public string Tell(string code)
    {
        if (_texts.TryGetValue(CodePrefix + code, out var text))
            return text;

        // Two figures that do not go together: model_cost_over_limit_0.385_of_0.25.
        if (Figures().Match(code) is { Success: true, Groups: var figures } && _texts.TryGetValue($"{CodePrefix}{figures["family"]}_of", out var compared))
            return Fill(compared, new Dictionary<string, string> { ["value"] = figures["value"].Value, ["bound"] = figures["bound"].Value });

        // A few codes carry a value: exit_code_3, http_502, prometheus_timed_out.
        foreach (var family in (ReadOnlySpan<string>)["exit_code", "http", "prometheus"])
        {
            if (code.StartsWith($"{family}_", StringComparison.Ordinal) && code.Length > family.Length + 1)
                return Fill(_texts[$"{CodePrefix}{family}"], new Dictionary<string, string> { ["value"] = code[(family.Length + 1)..] });
        }

        return code;
    }

    private string Fill(string text, IReadOnlyDictionary<string, string> args) => Place().Replace(text, place =>
    {
        if (!args.TryGetValue(place.Groups["name"].Value, out var value))
            return place.Value;

        return place.Groups["code"].Success ? Tell(value) : value;
    });

    [GeneratedRegex(@"^(?<family>[a-z_]+)_(?<value>[0-9.]+)_of_(?<bound>[0-9.]+)$")]
    private static partial Regex Figures();

    [GeneratedRegex(@"\{(?<name>[a-z_]+)(?<code>:code)?\}")]
    private static partial Regex Place();
}
