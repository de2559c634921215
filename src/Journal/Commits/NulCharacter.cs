namespace AwoooP.Journal.Commits;

/// <summary>
/// Finds U+0000 in JSON, plain or escaped. A json column would take the escaped form, and whoever reads the value as text
/// later would fail on it, so it is kept out.
/// </summary>
internal static class NulCharacter
{
    public static bool IsIn(ReadOnlySpan<byte> json)
    {
        if (json.Contains((byte)0))
            return true;

        var rest = json;
        while (true)
        {
            var found = rest.IndexOf(@"\u0000"u8);
            if (found < 0)
                return false;

            // An even number of backslashes before it means that its own backslash is itself escaped.
            var backslashes = 0;
            while (found - backslashes > 0 && rest[found - backslashes - 1] == (byte)'\\')
                backslashes++;
            if (backslashes % 2 == 0)
                return true;

            // The remainder starts with the 'u': no backslash is left to be counted twice.
            rest = rest[(found + 1)..];
        }
    }
}
