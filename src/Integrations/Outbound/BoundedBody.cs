using System.Text;

namespace AwoooP.Integrations.Outbound;

/// <summary>Reads no more of an answer than is wanted, whatever its length header says.</summary>
internal static class BoundedBody
{
    /// <returns>The text, and whether there was more.</returns>
    public static async Task<(string Text, bool IsCut)> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(maxBytes, 16 * 1024)];
        var length = 0;
        while (length < maxBytes)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(maxBytes, buffer.Length * 2));
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return (Encoding.UTF8.GetString(buffer, 0, length), false);
            length += read;
        }

        var probe = new byte[1];
        var isCut = await stream.ReadAsync(probe, cancellationToken) > 0;
        return (Encoding.UTF8.GetString(buffer, 0, length), isCut);
    }
}
