namespace AwoooP.Redaction;

/// <summary>The published check rules of identity numbers. Each takes a text that already has the shape.</summary>
internal static class NationalIdChecks
{
    /// <summary>The two digits that stand for the letter A to Z in Taiwan's numbers, in the order of the letters.</summary>
    private static ReadOnlySpan<byte> TaiwanLetters => [10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31, 33];

    /// <summary>Citizens (second character 1, 2), residents (8, 9) and the older resident form (A to D): weights 1, 9..1, 1; the sum divides by ten.</summary>
    public static bool Taiwan(ReadOnlySpan<char> id)
    {
        var letter = TaiwanLetters[id[0] - 'A'];
        var second = char.IsAsciiDigit(id[1]) ? id[1] - '0' : TaiwanLetters[id[1] - 'A'] % 10;
        var sum = (letter / 10) + (letter % 10 * 9) + (second * 8);
        for (var i = 2; i < 9; i++)
            sum += (id[i] - '0') * (9 - i);
        return (sum + id[9] - '0') % 10 == 0;
    }

    public static bool Singapore(ReadOnlySpan<char> id)
    {
        ReadOnlySpan<byte> weights = [2, 7, 6, 5, 4, 3, 2];
        var sum = id[0] switch { 'T' or 'G' => 4, 'M' => 3, _ => 0 };
        for (var i = 0; i < 7; i++)
            sum += (id[i + 1] - '0') * weights[i];
        var rest = sum % 11;
        return id[8] == id[0] switch
        {
            'S' or 'T' => "JZIHGFEDCBA"[rest],
            'M' => "XWUTRQPNJLK"[rest],
            _ => "XWUTRQPNMLK"[rest],
        };
    }

    public static bool HongKong(ReadOnlySpan<char> id)
    {
        var letters = char.IsAsciiLetter(id[1]) ? 2 : 1;
        var sum = letters == 2 ? ((id[0] - 'A' + 10) * 9) + ((id[1] - 'A' + 10) * 8) : (36 * 9) + ((id[0] - 'A' + 10) * 8);
        for (var i = 0; i < 6; i++)
            sum += (id[letters + i] - '0') * (7 - i);
        var check = id[letters + 7];
        return (sum + (check == 'A' ? 10 : check - '0')) % 11 == 0;
    }

    public static bool UnitedStates(ReadOnlySpan<char> id) =>
        !id.StartsWith("000") && !id.StartsWith("666") && !id[4..6].SequenceEqual("00") && !id[7..].SequenceEqual("0000");

    /// <summary>ISO 7064 MOD 11-2 over seventeen digits.</summary>
    public static bool China(ReadOnlySpan<char> id)
    {
        ReadOnlySpan<byte> weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (id[i] - '0') * weights[i];
        return char.ToUpperInvariant(id[17]) == "10X98765432"[sum % 11];
    }

    public static bool Brazil(ReadOnlySpan<char> id)
    {
        Span<int> digits = stackalloc int[11];
        var count = 0;
        foreach (var c in id)
        {
            if (char.IsAsciiDigit(c))
                digits[count++] = c - '0';
        }

        if (digits.IndexOfAnyExcept(digits[0]) < 0)
            return false;
        return BrazilDigit(digits[..9]) == digits[9] && BrazilDigit(digits[..10]) == digits[10];
    }

    /// <summary>Verhoeff's check over the dihedral group D5.</summary>
    public static bool India(ReadOnlySpan<char> id)
    {
        ReadOnlySpan<byte> period = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        var check = 0;
        var place = 0;
        for (var i = id.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(id[i]))
                continue;
            var digit = id[i] - '0';
            for (var turn = place % 8; turn > 0; turn--)
                digit = period[digit];
            check = InD5(check, digit);
            place++;
        }

        return check == 0;
    }

    public static bool Spain(ReadOnlySpan<char> id) => id[^1] == "TRWAGMYFPDXBNJZSQVHLCKE"[int.Parse(id[..8], provider: null) % 23];

    public static bool IsDate(ReadOnlySpan<char> month, ReadOnlySpan<char> day) =>
        int.Parse(month, provider: null) is >= 1 and <= 12 && int.Parse(day, provider: null) is >= 1 and <= 31;

    private static int BrazilDigit(ReadOnlySpan<int> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += digits[i] * (digits.Length + 1 - i);
        var rest = sum * 10 % 11;
        return rest == 10 ? 0 : rest;
    }

    private static int InD5(int a, int b) => (a < 5, b < 5) switch
    {
        (true, true) => (a + b) % 5,
        (true, false) => 5 + ((a + b) % 5),
        (false, true) => 5 + ((a - b + 5) % 5),
        (false, false) => (a - b + 5) % 5,
    };
}
