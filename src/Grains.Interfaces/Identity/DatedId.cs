using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AwoooP.Time;

namespace AwoooP.Identity;

/// <summary>Ids of the form <c>INC-YYYYMMDD-XXXXXX</c>: the date in the platform zone and six characters of Crockford base 32.</summary>
internal static class DatedId
{
    private const int DateDigits = 8;
    private const int Characters = 6;

    /// <summary>The same seed gives the same id, so a reaction that is delivered again asks for the same aggregate.</summary>
    public static string Derive(string prefix, PlatformZone zone, DateTimeOffset at, string seed)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(seed), hash);
        return $"{prefix}{zone.DateStamp(at)}-{CrockfordBase32.Encode(hash, Characters)}";
    }

    /// <summary>What <see cref="IsValid"/> holds ids to, as a regular expression of the whole.</summary>
    public static string Shape(string prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}[0-9]{{{DateDigits}}}-[{CrockfordBase32.Alphabet}]{{{Characters}}}");

    public static bool IsValid(string prefix, ReadOnlySpan<char> id) =>
        id.Length == prefix.Length + DateDigits + 1 + Characters
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && id.Slice(prefix.Length, DateDigits).IndexOfAnyExceptInRange('0', '9') < 0
        && id[prefix.Length + DateDigits] == '-'
        && CrockfordBase32.IsValid(id[^Characters..]);
}
