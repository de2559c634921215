namespace AwoooP.Journal.Membership;

/// <summary>
/// Whether this silo may act now. Measured on a monotonic clock from before the last renewal was sent, so it runs out
/// before PostgreSQL's own view of the lease does. Cheap enough to ask before every answer.
/// </summary>
public sealed class LeaseGuard(TimeProvider time)
{
    private readonly TimeProvider _clock = LeaseClock.For(time);
    private long _validUntil = long.MinValue;
    private Incarnation? _incarnation;

    /// <summary>True while the lease runs. Once false, nothing may be answered from memory.</summary>
    public bool IsValid => _clock.GetTimestamp() < Volatile.Read(ref _validUntil);

    /// <summary>What this process was admitted as; null before it joined and after it was declared dead.</summary>
    public Incarnation? Incarnation => Volatile.Read(ref _incarnation);

    /// <summary>What the lease is measured by.</summary>
    internal TimeProvider Clock => _clock;

    /// <summary>By <see cref="Clock"/>; it tells one renewal from the next.</summary>
    internal long ValidUntil => Volatile.Read(ref _validUntil);

    internal void Join(Incarnation incarnation, long sentAt, TimeSpan lease)
    {
        Volatile.Write(ref _incarnation, incarnation);
        Extend(sentAt, lease);
    }

    internal void Extend(long sentAt, TimeSpan lease) =>
        Volatile.Write(ref _validUntil, sentAt + _clock.TimestampTicks(lease));

    /// <summary>The table does not bear the lease out. It ends, unless it was renewed since it was seen to be valid until then.</summary>
    /// <returns>Whether it ran by this silo's clock.</returns>
    internal bool Lapse(long validUntil) =>
        Interlocked.CompareExchange(ref _validUntil, long.MinValue, validUntil) == validUntil && _clock.GetTimestamp() < validUntil;

    internal void Lose()
    {
        Volatile.Write(ref _validUntil, long.MinValue);
        Volatile.Write(ref _incarnation, null);
    }
}

/// <param name="Number">Raised at every join of the silo; a lower one never writes again.</param>
/// <param name="Fence">The key of the advisory lock that its commits share and a take-over holds exclusively.</param>
public sealed record Incarnation(long Number, int Fence);
