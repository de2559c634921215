namespace AwoooP.Journal.Membership;

/// <summary>
/// When the leases of others end, by this silo's own clock. PostgreSQL's tells only how much of a renewal's lease was left when it was seen for
/// the first time; whatever becomes of that clock afterwards neither ends a lease nor keeps one up.
/// </summary>
/// <param name="lease">This silo's own. The others' are as long as their rows say.</param>
internal sealed class ObservedLeases(TimeSpan lease, TimeProvider clock)
{
    /// <summary>PostgreSQL's clock may run ahead by this part of a lease without a word.</summary>
    private const int ToleranceInALease = 100;

    private const long Never = long.MinValue;

    private readonly TimeSpan _tolerance = lease / ToleranceInALease;
    private readonly ServerClockWatch _server = new(lease / ToleranceInALease, clock);
    private readonly Lock _gate = new();
    private Dictionary<string, Observed> _observed = [];
    private long _sparedAt = Never;

    /// <summary>From now on none of them has run out for as long as it is.</summary>
    public void Spare() => Volatile.Write(ref _sparedAt, clock.GetTimestamp());

    /// <summary>Takes a look at the table that was asked for and answered at two timestamps of the clock.</summary>
    public void See(ClusterRows cluster, long sentAt, long answeredAt)
    {
        var hasRunAhead = cluster.ServerTime is { } serverTime && _server.HasRunAhead(serverTime, sentAt, answeredAt);
        lock (_gate)
        {
            _observed = cluster.Silos.Where(static row => row.Alive).ToDictionary(static row => row.SiloId, Observe);
        }

        Observed Observe(SiloRow row) => _observed.TryGetValue(row.SiloId, out var known) && known.IsOf(row)
            ? known
            : new Observed(row.Incarnation, row.LeaseUntil, answeredAt + clock.TimestampTicks(Left(row)));

        // A step forward may have taken away from what was left, but no more than all of it. More than a lease is left only by a clock that was
        // put back: what is seen has been sent, so it ends within a lease from now.
        TimeSpan Left(SiloRow row)
        {
            if (row.LeaseLeft >= row.Lease)
                return row.Lease + _tolerance;
            return hasRunAhead ? row.Lease : row.LeaseLeft + _tolerance;
        }
    }

    /// <summary>Whether the lease has run out if it was not renewed since the row was read.</summary>
    public bool HasRunOut(SiloRow row) => Left(row) <= TimeSpan.Zero;

    /// <summary>Until the next of them runs out that has not yet.</summary>
    public TimeSpan UntilNextRunsOut(IEnumerable<SiloRow> rows, TimeSpan atMost) =>
        rows.Select(Left).Where(static left => left > TimeSpan.Zero).Append(atMost).Min();

    /// <summary>For ever, if the row is not what the last look has shown.</summary>
    private TimeSpan Left(SiloRow row)
    {
        lock (_gate)
        {
            return _observed.TryGetValue(row.SiloId, out var known) && known.IsOf(row)
                ? clock.GetElapsedTime(clock.GetTimestamp(), Math.Max(known.EndsAt, SparedUntil(row)))
                : TimeSpan.MaxValue;
        }
    }

    private long SparedUntil(SiloRow row)
    {
        var sparedAt = Volatile.Read(ref _sparedAt);
        return sparedAt == Never ? Never : sparedAt + clock.TimestampTicks(row.Lease);
    }

    /// <param name="Until">As the table has it: another value is another renewal.</param>
    private readonly record struct Observed(long Incarnation, DateTimeOffset Until, long EndsAt)
    {
        public bool IsOf(SiloRow row) => row.Alive && row.Incarnation == Incarnation && row.LeaseUntil == Until;
    }
}
