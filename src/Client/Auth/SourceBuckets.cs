using System.Net;
using System.Net.Sockets;

namespace AwoooP.Client.Auth;

/// <summary>
/// Token buckets of source addresses. Sources share a fixed number of buckets by a hash that nobody outside can foretell: strangers can neither
/// make this grow nor choose whose bucket they empty. An IPv6 source is its /64, which one machine has whole.
/// </summary>
/// <param name="burst">What a bucket holds at most.</param>
/// <param name="perSecond">What comes back in a second.</param>
internal sealed class SourceBuckets(int burst, double perSecond, TimeProvider time)
{
    private const int Count = 4096;
    private const int NetworkBytes = 8;

    private readonly Bucket[] _buckets = [.. Enumerable.Range(0, Count).Select(_ => new Bucket { Left = burst, At = time.GetTimestamp() })];

    /// <summary>Whether anything is left; takes nothing.</summary>
    public bool IsEmpty(IPAddress? source, out TimeSpan wait) => !Try(source, take: 0, out wait);

    public bool TryTake(IPAddress? source, out TimeSpan wait) => Try(source, take: 1, out wait);

    private bool Try(IPAddress? source, int take, out TimeSpan wait)
    {
        var bucket = _buckets[(uint)Hash(source) % Count];
        lock (bucket)
        {
            var now = time.GetTimestamp();
            bucket.Left = Math.Min(burst, bucket.Left + (time.GetElapsedTime(bucket.At, now).TotalSeconds * perSecond));
            bucket.At = now;
            if (bucket.Left < 1)
            {
                wait = TimeSpan.FromSeconds((1 - bucket.Left) / perSecond);
                return false;
            }

            bucket.Left -= take;
            wait = default;
            return true;
        }
    }

    private static int Hash(IPAddress? source)
    {
        if (source is null)
            return 0;

        Span<byte> bytes = stackalloc byte[16];
        var address = source.IsIPv4MappedToIPv6 ? source.MapToIPv4() : source;
        address.TryWriteBytes(bytes, out var length);
        // Seeded anew in every process.
        var hash = default(HashCode);
        hash.AddBytes(bytes[..(address.AddressFamily == AddressFamily.InterNetworkV6 ? NetworkBytes : length)]);
        return hash.ToHashCode();
    }

    private sealed class Bucket
    {
        public double Left { get; set; }

        public long At { get; set; }
    }
}
