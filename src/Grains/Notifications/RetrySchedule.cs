using System.Buffers.Binary;
using System.Security.Cryptography;

namespace AwoooP.Notifications;

/// <summary>
/// When the next attempt is made: 2 s, 4 s, 8 s … at most 5 minutes after the last one, each up to a fifth longer or shorter so that
/// messages that failed together do not come back together. The jitter derives from the id and the attempt: the same inputs give the same time.
/// </summary>
internal static class RetrySchedule
{
    public const int MaxAttempts = 8;

    private const double Jitter = 0.2;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>A receiver that asks for more time than this would outlive the message's worth; the rest of its wish is not granted.</summary>
    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(1);

    /// <param name="attempt">The attempt that has just failed, from 1.</param>
    /// <param name="retryAfter">What the receiver asked for; the wait is never shorter than it, up to one hour.</param>
    public static TimeSpan WaitAfter(Guid notificationId, int attempt, TimeSpan? retryAfter)
    {
        var doubled = First * Math.Pow(2, Math.Min(attempt - 1, 16));
        var capped = doubled < Longest ? doubled : Longest;
        var wait = capped * (1 - Jitter + (2 * Jitter * Share(notificationId, attempt)));
        var wish = retryAfter is { } asked ? (asked < LongestWish ? asked : LongestWish) : TimeSpan.Zero;

        // Whole milliseconds: the journal keeps wake-ups to the microsecond, and what is due must not be rounded to before its time.
        return TimeSpan.FromMilliseconds(Math.Ceiling((wait > wish ? wait : wish).TotalMilliseconds));
    }

    /// <summary>A number from 0 to 1, evenly spread over ids and attempts.</summary>
    private static double Share(Guid notificationId, int attempt)
    {
        Span<byte> source = stackalloc byte[20];
        notificationId.TryWriteBytes(source, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(source[16..], attempt);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, hash);
        return BinaryPrimitives.ReadUInt32BigEndian(hash) / (double)uint.MaxValue;
    }
}
