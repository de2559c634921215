namespace AwoooP.Wording;

/// <summary>Stable codes (of runs, steps, checks and deliveries) in words. The one place where a code becomes a sentence.</summary>
public static class CodeWords
{
    public static string Of(string code, Language language) => PhraseBook.Of(language).Tell(code);
}
