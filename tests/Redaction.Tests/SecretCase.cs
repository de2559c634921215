namespace AwoooP.Redaction.Tests;

/// <param name="Secret">What may not be left over; without the marks of the corpus.</param>
internal sealed record SecretCase(string Kind, string Text, string Secret)
{
    /// <summary>So many characters of the secret in a row count as a leak of it.</summary>
    private const int Leak = 6;

    public static SecretCase Parse(string kind, string marked)
    {
        var open = marked.IndexOf('‹');
        var close = marked.IndexOf('›');
        return new SecretCase(kind, marked.Remove(close, 1).Remove(open, 1), marked[(open + 1)..close]);
    }

    public bool IsGoneFrom(string redacted)
    {
        var window = Math.Min(Leak, Secret.Length);
        for (var i = 0; i + window <= Secret.Length; i++)
        {
            if (redacted.Contains(Secret.Substring(i, window), StringComparison.Ordinal))
                return false;
        }

        return redacted.Contains($"[REDACTED:{Kind}]", StringComparison.Ordinal);
    }
}
