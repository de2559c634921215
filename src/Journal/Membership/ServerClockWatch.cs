namespace AwoooP.Journal.Membership;

/// <summary>
/// Tells when PostgreSQL's clock was put forward. Leases are kept by the monotonic clocks of the silos: after such a step PostgreSQL's says that
/// less of them is left than is, or nothing.
/// </summary>
/// <param name="tolerance">A step that is not longer is passed over.</param>
internal sealed class ServerClockWatch(TimeSpan tolerance, TimeProvider time)
{
    /// <summary>Clocks that nobody sets drift apart by less, per second.</summary>
    private const double Drift = 0.001;

    private readonly Lock _gate = new();
    private readonly long _begun = time.GetTimestamp();
    private TimeSpan? _most;
    private TimeSpan _mostAt;

    /// <summary>Takes a reading of the server's clock that was asked for and answered at two local timestamps.</summary>
    /// <returns>Whether the clock has surely run ahead since the readings before.</returns>
    public bool HasRunAhead(DateTimeOffset server, long sentAt, long answeredAt)
    {
        // How far the two clocks lie apart: it was read at some moment between.
        var sinceEpoch = server - DateTimeOffset.UnixEpoch;
        var now = time.GetElapsedTime(_begun, answeredAt);
        var (least, most) = (sinceEpoch - now, sinceEpoch - time.GetElapsedTime(_begun, sentAt));
        lock (_gate)
        {
            var allowed = _most + ((now - _mostAt) * Drift);
            var hasRunAhead = least > allowed + tolerance;
            if (allowed is null || hasRunAhead || most < allowed)
                (_most, _mostAt) = (most, now);
            return hasRunAhead;
        }
    }
}
