namespace AwoooP.Alerts;

/// <summary>Splits a name into lower-case words: <c>KubePodOOMKilled_v2</c> is kube, pod, oom, killed, v2.</summary>
internal static class AlertNameWords
{
    private const int LettersOfWord = 4;

    public static string[] Of(string name)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= name.Length; i++)
        {
            if (i < name.Length && !BeginsWord(name, start, i))
                continue;
            var word = name[start..i].Trim('_', '-', '.', ' ', ':', '/');
            if (word.Length > 0)
                words.Add(word.ToLowerInvariant());
            start = i;
        }

        return [.. words];
    }

    private static bool BeginsWord(string name, int start, int i)
    {
        var (before, here) = (name[i - 1], name[i]);
        if (!char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(here))
            return true;

        // Http|5xx, but k8s, s3 and p95.
        if (char.IsDigit(here) && char.IsLetter(before))
            return i - start >= LettersOfWord;
        if (!char.IsUpper(here))
            return false;
        // A capital begins a word after a small letter or a digit, and at the end of a run of capitals: OOM|Killed.
        return !char.IsUpper(before) || (i + 1 < name.Length && char.IsLower(name[i + 1]));
    }
}
