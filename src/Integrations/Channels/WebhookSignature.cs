using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Integrations.Channels;

/// <summary>
/// The header <c>Awooop-Signature: t={unix seconds},v1={hex}</c>, where the hex is HMAC-SHA-256 over <c>{t}.{body}</c>.
/// A receiver computes the same, compares in constant time, and refuses a <c>t</c> that is more than some minutes old.
/// </summary>
internal static class WebhookSignature
{
    public const string Header = "Awooop-Signature";

    public static string Sign(string key, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp));
        hmac.AppendData("."u8);
        hmac.AppendData(body);
        return $"t={timestamp},v1={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
