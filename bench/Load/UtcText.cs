using System.Globalization;

namespace AwoooP.Bench.Load;

/// <summary>Times as senders of alerts and filters of the API write them: ISO 8601 in whole seconds, UTC.</summary>
internal static class UtcText
{
    public static string Of(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
