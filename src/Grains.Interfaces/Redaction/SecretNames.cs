namespace AwoooP.Redaction;

/// <summary>
/// Tells whether a key names a secret by how it ends, in any spelling (<c>db_password</c>, <c>X-Api-Key</c>, <c>clientSecret</c>).
/// The end decides, because <c>password_reset_total</c>, <c>token_bucket</c> and <c>secretName</c> name something else.
/// </summary>
internal static class SecretNames
{
    public const int LongestName = 128;

    /// <summary>Lower case, without separators.</summary>
    private static readonly string[] Endings =
    [
        "password", "passwort", "passwd", "passphrase", "passcode", "pwd", "secret", "token", "credential", "credentials",
        "apikey", "accesskey", "privatekey", "secretkey", "authkey", "encryptionkey", "signingkey", "masterkey", "accountkey", "storagekey",
        "sharedkey", "presharedkey", "subscriptionkey", "appkey", "licensekey", "connectionstring", "authorization", "cookie", "apisecretkey",
    ];

    /// <summary>Names that are secret only as a whole word at the end: <c>smtp_pass</c>, not <c>bypass</c>.</summary>
    private static readonly string[] LastWords = ["pass", "psk", "jwt", "otp", "cvv", "cvc", "sig"];

    /// <summary>Tokens that point to a place or a turn and open nothing.</summary>
    private static readonly string[] HarmlessTokens =
        ["pagetoken", "nexttoken", "continuetoken", "continuationtoken", "cancellationtoken", "fencingtoken", "synctoken", "eostoken", "bostoken", "padtoken", "unktoken"];

    public static bool Contains(ReadOnlySpan<char> name)
    {
        name = name.Trim().TrimEnd('.');
        if (name.Length < 3)
            return false;
        if (name.Length > LongestName)
            name = name[^LongestName..];
        Span<char> buffer = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in name)
        {
            if (char.IsAsciiLetterOrDigit(c))
                buffer[length++] = char.ToLowerInvariant(c);
            else if (c is not ('_' or '-' or '.'))
                length = 0;
        }

        var folded = buffer[..length];
        foreach (var ending in Endings)
        {
            if (folded.EndsWith(ending))
                return !IsHarmlessToken(folded);
        }

        foreach (var word in LastWords)
        {
            if (folded.EndsWith(word) && IsWordAt(name, name.Length - word.Length))
                return true;
        }

        return false;
    }

    /// <summary>The name of a header whose value is a scheme and credentials.</summary>
    public static bool IsAuthorization(ReadOnlySpan<char> name) => name.EndsWith("authorization", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name of a header whose value goes to the end of its line.</summary>
    public static bool IsCookie(ReadOnlySpan<char> name) => name.EndsWith("cookie", StringComparison.OrdinalIgnoreCase);

    /// <summary>The signature of a shared access URL; short values under that name are signals and signatures of functions.</summary>
    public static bool IsSignature(ReadOnlySpan<char> name) => name.EndsWith("sig", StringComparison.OrdinalIgnoreCase);

    private static bool IsHarmlessToken(ReadOnlySpan<char> folded)
    {
        foreach (var harmless in HarmlessTokens)
        {
            if (folded.EndsWith(harmless))
                return true;
        }

        return false;
    }

    private static bool IsWordAt(ReadOnlySpan<char> name, int at) =>
        at == 0 || !char.IsAsciiLetter(name[at - 1]) || (char.IsAsciiLetterUpper(name[at]) && char.IsAsciiLetterLower(name[at - 1]));
}
