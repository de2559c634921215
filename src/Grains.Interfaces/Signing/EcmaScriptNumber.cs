using System.Globalization;
using System.Text;

namespace AwoooP.Signing;

/// <summary>Numbers as ECMAScript writes them (ECMA-262, Number::toString), which RFC 8785 takes over: the fewest digits that read back the same.</summary>
internal static class EcmaScriptNumber
{
    /// <summary>Larger powers of ten are written with an exponent.</summary>
    private const int MostPlainDigits = 21;

    /// <summary>As are numbers with more zeros than this behind the point.</summary>
    private const int MostLeadingZeros = 6;

    /// <param name="text">Where it is added.</param>
    /// <param name="value">Finite.</param>
    public static void Append(StringBuilder text, double value)
    {
        // Negative zero is written as zero.
        if (value == 0)
        {
            text.Append('0');
            return;
        }

        if (value < 0)
            text.Append('-');

        var (digits, point) = Shortest(Math.Abs(value));
        if (point > 0 && point <= MostPlainDigits)
            AppendPlain(text, digits, point);
        else if (point <= 0 && point > -MostLeadingZeros)
            text.Append("0.").Append('0', -point).Append(digits);
        else
            AppendScientific(text, digits, point - 1);
    }

    /// <summary>The value is 0.{digits} times ten to the power of the point; the digits end with no zero.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var pointAt = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = pointAt < 0 ? mantissa.Length : pointAt;
        var all = pointAt < 0 ? mantissa : mantissa.Remove(pointAt, 1);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), whole - (all.Length - digits.Length) + exponent);
    }

    private static void AppendPlain(StringBuilder text, string digits, int point)
    {
        if (digits.Length <= point)
            text.Append(digits).Append('0', point - digits.Length);
        else
            text.Append(digits, 0, point).Append('.').Append(digits, point, digits.Length - point);
    }

    private static void AppendScientific(StringBuilder text, string digits, int exponent)
    {
        text.Append(digits[0]);
        if (digits.Length > 1)
            text.Append('.').Append(digits, 1, digits.Length - 1);
        text.Append('e').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent));
    }
}
