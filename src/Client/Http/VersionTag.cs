using System.Globalization;

namespace AwoooP.Client.Http;

/// <summary>An aggregate's version as an ETag: <c>"7"</c>.</summary>
internal static class VersionTag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static bool TryRead(ReadOnlySpan<char> tag, out long version)
    {
        version = 0;
        return tag is ['"', .. var digits, '"'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out version);
    }
}
