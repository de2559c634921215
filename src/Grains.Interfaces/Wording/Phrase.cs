using System.Text.Json.Serialization;

namespace AwoooP.Wording;

/// <summary>
/// A text for people before it is in a language: which text, and what fills its places. Events and records keep phrases, and the text is made
/// when somebody reads.
/// </summary>
/// <param name="Key">One of the keys of <see cref="PhraseBook"/>.</param>
/// <param name="Args">Values by the name of their place.</param>
[method: JsonConstructor]
public sealed record Phrase(string Key, IReadOnlyDictionary<string, string> Args)
{
    public static Phrase Of(string key, params ReadOnlySpan<(string Name, string? Value)> args)
    {
        var given = new Dictionary<string, string>(args.Length, StringComparer.Ordinal);
        foreach (var (name, value) in args)
        {
            if (value is not null)
                given[name] = value;
        }

        return new Phrase(key, given);
    }

    public Phrase With(string name, string value) => this with { Args = new Dictionary<string, string>(Args, StringComparer.Ordinal) { [name] = value } };

    /// <returns>Null when this build does not know the text: an older one met what a newer one has written.</returns>
    public string? In(Language language) => PhraseBook.Of(language).Write(this);

    /// <summary>In English, as texts are stored for readers without a wish; for phrases that this build has made itself.</summary>
    public string InEnglish() => In(Language.English) ?? throw new InvalidOperationException($"There is no phrase '{Key}'.");

    // Records compare dictionaries by reference, and decisions are compared with each other.
    public bool Equals(Phrase? other) => other is not null && Key == other.Key && Args.Count == other.Args.Count
        && Args.All(arg => other.Args.TryGetValue(arg.Key, out var value) && value == arg.Value);

    public override int GetHashCode() => HashCode.Combine(Key, Args.Count);
}
