namespace AwoooP.Redaction;

/// <summary>The check digit of ISO/IEC 7812-1.</summary>
internal static class Luhn
{
    public static bool Holds(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }

        return sum % 10 == 0 && digits.IndexOfAnyExcept('0') >= 0;
    }
}
