using System.Text.RegularExpressions;

namespace AwoooP.Redaction;

/// <summary>Shape and check digit of each identity number. Every expression is anchored and bounded, so an attempt costs a constant.</summary>
internal static partial class NationalIdShapes
{
    /// <summary>The length of the identity number at the start of the window, or 0.</summary>
    public static int Match(ReadOnlySpan<char> window)
    {
        if (char.IsAsciiLetter(window[0]))
        {
            if (Length(TaiwanShape(), window) is var taiwan and > 0 && NationalIdChecks.Taiwan(window[..taiwan]))
                return taiwan;
            if (Length(SingaporeShape(), window) is var singapore and > 0 && NationalIdChecks.Singapore(window[..singapore]))
                return singapore;
            if (Length(HongKongShape(), window) is var hongKong and > 0 && NationalIdChecks.HongKong(window[..hongKong]))
                return hongKong;
            return Length(UnitedKingdomShape(), window);
        }

        if (Length(UnitedStatesShape(), window) is var unitedStates and > 0)
            return NationalIdChecks.UnitedStates(window[..unitedStates]) ? unitedStates : 0;
        if (Length(ChinaShape(), window) is var china and > 0)
            return NationalIdChecks.China(window[..china]) ? china : 0;
        if (Length(KoreaShape(), window) is var korea and > 0)
            return NationalIdChecks.IsDate(window[2..4], window[4..6]) ? korea : 0;
        if (Length(BrazilShape(), window) is var brazil and > 0)
            return NationalIdChecks.Brazil(window[..brazil]) ? brazil : 0;
        if (Length(IndiaShape(), window) is var india and > 0)
            return NationalIdChecks.India(window[..india]) ? india : 0;
        return Length(SpainShape(), window) is var spain and > 0 && NationalIdChecks.Spain(window[..spain]) ? spain : 0;
    }

    private static int Length(Regex shape, ReadOnlySpan<char> window)
    {
        foreach (var match in shape.EnumerateMatches(window))
            return match.Length;
        return 0;
    }

    [GeneratedRegex("^[A-Z][1289A-D][0-9]{8}", RegexOptions.CultureInvariant)]
    private static partial Regex TaiwanShape();

    [GeneratedRegex("^[STFGM][0-9]{7}[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex SingaporeShape();

    [GeneratedRegex(@"^[A-Z]{1,2}[0-9]{6}\([0-9A]\)", RegexOptions.CultureInvariant)]
    private static partial Regex HongKongShape();

    /// <summary>Without a check digit, hence only in its written form with spaces.</summary>
    [GeneratedRegex("^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] [0-9]{2} [0-9]{2} [0-9]{2} [A-D]", RegexOptions.CultureInvariant)]
    private static partial Regex UnitedKingdomShape();

    [GeneratedRegex("^[0-8][0-9]{2}-[0-9]{2}-[0-9]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex UnitedStatesShape();

    [GeneratedRegex("^[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]", RegexOptions.CultureInvariant)]
    private static partial Regex ChinaShape();

    [GeneratedRegex("^[0-9]{6}-[1-4][0-9]{6}", RegexOptions.CultureInvariant)]
    private static partial Regex KoreaShape();

    [GeneratedRegex(@"^[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", RegexOptions.CultureInvariant)]
    private static partial Regex BrazilShape();

    [GeneratedRegex("^[2-9][0-9]{3} [0-9]{4} [0-9]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex IndiaShape();

    [GeneratedRegex("^[0-9]{8}-?[A-HJ-NP-TV-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex SpainShape();
}
