using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace AwoooP.Client.Http;

/// <summary>The ids that people read: <c>INC-YYYYMMDD-XXXXXX</c> and <c>PB-YYYYMMDD-XXXXXX</c>, six characters of Crockford's base 32.</summary>
internal static partial class PublicIds
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 6;

    public static bool IsIncident(string id) => Incident().IsMatch(id);

    public static bool IsPlaybook(string id) => Playbook().IsMatch(id);

    /// <param name="day">The day in the platform's zone.</param>
    public static string NewPlaybook(DateTimeOffset day)
    {
        Span<byte> random = stackalloc byte[Length];
        RandomNumberGenerator.Fill(random);
        Span<char> suffix = stackalloc char[Length];
        for (var i = 0; i < Length; i++)
            suffix[i] = Alphabet[random[i] % Alphabet.Length];

        return string.Create(CultureInfo.InvariantCulture, $"PB-{day:yyyyMMdd}-{suffix}");
    }

    [GeneratedRegex(@"^INC-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{6}\z")]
    private static partial Regex Incident();

    [GeneratedRegex(@"^PB-[0-9]{8}-[0-9A-HJKMNP-TV-Z]{6}\z")]
    private static partial Regex Playbook();
}
