using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Declares dead which silos have stopped renewing their leases. While something else than their end may explain it they are spared:
/// they get as long as their leases to say that they are there.
/// </summary>
internal sealed partial class ExpiredSilos(
    SiloIdentity silo, JournalDataSources sources, LeaseGuard lease, IClusterMap map, IOptions<JournalOptions> options, MembershipMetrics metrics,
    ILogger<ExpiredSilos> logger)
{
    private readonly ObservedLeases _leases = new(options.Value.Lease, lease.Clock);
    private Task _declaring = Task.CompletedTask;

    /// <summary>Of what <see cref="Begin"/> began; its fault is told already.</summary>
    public Task Ended => _declaring;

    /// <summary>
    /// This silo has joined, or its own lease has run out unnoticed by others, most likely since the server was away. Then those of the others
    /// have too.
    /// </summary>
    public void Spare() => _leases.Spare();

    /// <summary>Reads the table, and notes until when the leases there last.</summary>
    public async Task<ClusterRows> ReadAsync(CancellationToken cancellationToken)
    {
        var sentAt = lease.Clock.GetTimestamp();
        var cluster = await ReadCluster.ExecuteAsync(sources.Membership, cancellationToken);
        _leases.See(cluster, sentAt, lease.Clock.GetTimestamp());
        return cluster;
    }

    /// <summary>So that a silo that fell silent is declared dead as soon as it may be. Once it may be, that is under way.</summary>
    public TimeSpan UntilNextExpires(IEnumerable<SiloRow> silos, TimeSpan atMost) => _leases.UntilNextRunsOut(silos.Where(IsOther), atMost);

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

    private bool HasExpired(SiloRow row) => IsOther(row) && _leases.HasRunOut(row);

    private bool IsOther(SiloRow row) => row.SessionName != silo.SessionName;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} was declared dead, incarnation {Incarnation}")]
    private partial void LogDeclaredDead(string siloId, long incarnation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId}, incarnation {Incarnation}, could not be declared dead yet: {Fault}")]
    private partial void LogNotDeclaredDead(string siloId, long incarnation, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Silo {SiloId} failed to declare others dead in a way that it should have handled")]
    private partial void LogFailed(Exception fault, string siloId);
}
