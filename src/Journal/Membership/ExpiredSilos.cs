using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Declares dead which silos have stopped renewing their leases. While something else than their end may explain it they are spared:
/// they get as long as a lease to say that they are there.
/// </summary>
internal sealed partial class ExpiredSilos(
    SiloIdentity silo, JournalDataSources sources, IClusterMap map, IOptions<JournalOptions> options, MembershipMetrics metrics, TimeProvider time,
    ILogger<ExpiredSilos> logger)
{
    /// <summary>PostgreSQL's clock may run ahead by this part of a lease without a word.</summary>
    private const int ClockToleranceInALease = 100;

    private readonly TimeSpan _lease = options.Value.Lease;
    private readonly ServerClockWatch _serverClock = new(options.Value.Lease / ClockToleranceInALease, time);
    private Task _declaring = Task.CompletedTask;
    private long _sparedUntil = long.MinValue;

    /// <summary>Of what <see cref="Begin"/> began; its fault is told already.</summary>
    public Task Ended => _declaring;

    /// <summary>
    /// This silo has joined, or its own lease has run out unnoticed by others, most likely since the server was away. Then those of the others
    /// have too.
    /// </summary>
    public void Spare() => Volatile.Write(ref _sparedUntil, time.GetTimestamp() + time.TimestampTicks(_lease));

    /// <summary>Reads the table, and spares the others when PostgreSQL's clock was put forward: those that live look as if their leases had run out.</summary>
    public async Task<ClusterRows> ReadAsync(CancellationToken cancellationToken)
    {
        var sentAt = time.GetTimestamp();
        var cluster = await ReadCluster.ExecuteAsync(sources.Membership, cancellationToken);
        if (cluster.ServerTime is { } serverTime && _serverClock.HasRunAhead(serverTime, sentAt, time.GetTimestamp()))
        {
            Spare();
            LogClockRanAhead(silo.SiloId);
        }

        return cluster;
    }

    /// <summary>Declares dead beside the looks at the table, which go on while one that cannot be declared dead yet is waited for.</summary>
    public void Begin(IReadOnlyList<SiloRow> silos, CancellationToken cancellationToken)
    {
        if (_declaring.IsCompleted && silos.Any(HasExpired))
            _declaring = DeclareDeadBesideAsync(silos, cancellationToken);
    }

    /// <summary>Declares dead whose lease has run out, unless they are spared.</summary>
    /// <returns>Whether any is, by this silo or another.</returns>
    public async Task<bool> DeclareDeadAsync(IEnumerable<SiloRow> silos, CancellationToken cancellationToken)
    {
        var any = false;
        foreach (var row in silos.Where(HasExpired))
        {
            if (time.GetTimestamp() < Volatile.Read(ref _sparedUntil))
                break;

            try
            {
                if (await DeclareDead.ExecuteAsync(sources.Membership, row, leaving: false, cancellationToken))
                {
                    metrics.DeclaredDead();
                    LogDeclaredDead(row.SiloId, row.Incarnation);
                }

                any = true;
            }
            catch (Exception fault) when (SqlFaults.IsOutage(fault))
            {
                // Something still holds on to it. It is tried again with the next look.
                LogNotDeclaredDead(row.SiloId, row.Incarnation, Fault.Describe(fault));
            }
        }

        return any;
    }

    private async Task DeclareDeadBesideAsync(IReadOnlyList<SiloRow> silos, CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (await DeclareDeadAsync(silos, cancellationToken))
                map.Refresh();
        }
        catch (Exception fault) when (!fault.IsStop(cancellationToken))
        {
            LogFailed(fault, silo.SiloId);
        }
    }

    private bool HasExpired(SiloRow row) => row is { Alive: true, LeaseRanOut: true } && row.SessionName != silo.SessionName;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} was declared dead, incarnation {Incarnation}")]
    private partial void LogDeclaredDead(string siloId, long incarnation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId}, incarnation {Incarnation}, could not be declared dead yet: {Fault}")]
    private partial void LogNotDeclaredDead(string siloId, long incarnation, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Silo {SiloId} failed to declare others dead in a way that it should have handled")]
    private partial void LogFailed(Exception fault, string siloId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} saw PostgreSQL's clock run ahead, and declares nobody dead for the length of a lease")]
    private partial void LogClockRanAhead(string siloId);
}
