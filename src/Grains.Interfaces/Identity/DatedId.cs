using System.Security.Cryptography;
using System.Text;
using AwoooP.Time;

namespace AwoooP.Identity;

/// <summary>Ids of the form <c>INC-YYYYMMDD-XXXXXX</c>: the date in the platform zone and six characters of Crockford base 32.</summary>
internal static class DatedId
{
    private const int Characters = 6;

    /// <summary>The same seed gives the same id, so a reaction that is delivered again asks for the same aggregate.</summary>
    public static string Derive(string prefix, PlatformZone zone, DateTimeOffset at, string seed)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(seed), hash);
        return $"{prefix}{zone.DateStamp(at)}-{CrockfordBase32.Encode(hash, Characters)}";
    }

    public static bool IsValid(string prefix, ReadOnlySpan<char> id) =>
        id.Length == prefix.Length + 8 + 1 + Characters
        && id.StartsWith(prefix, StringComparison.Ordinal)
        && id.Slice(prefix.Length, 8).IndexOfAnyExceptInRange('0', '9') < 0
        && id[prefix.Length + 8] == '-'
        && CrockfordBase32.IsValid(id[^Characters..]);
}
