using AwoooP.Journal.Commits;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Membership;

/// <summary>
/// Gives partitions away while this silo lives. In this order: memory is let go of, the tenures end, what was being written is settled, and
/// only then the table says that they are nobody's. So at no moment two silos may write one.
/// </summary>
internal sealed partial class HandOver(
    IEnumerable<IPartitionRelease> releases, IEnumerable<IPartitionProgress> progress, OwnedPartitions owned, GroupCommit commits,
    DoubtfulBatches doubtful, JournalDataSources sources, SiloIdentity silo, IOptions<JournalOptions> options, MembershipMetrics metrics,
    TimeProvider time, ILogger<HandOver> logger)
{
    private static readonly TimeSpan StoreLimit = TimeSpan.FromMilliseconds(500);

    private readonly IPartitionRelease[] _releases = [.. releases];
    private readonly IPartitionProgress[] _progress = [.. progress];

    /// <summary>
    /// Each partition leaves as soon as it is let go of, and none waits for the slowest for longer than the release itself does.
    /// </summary>
    /// <returns>Whether all of them are nobody's now. Those that are still this silo's by the table are taken up again by whoever looks there.</returns>
    public async Task<bool> RunAsync(Incarnation incarnation, IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var isDone = true;
        try
        {
            var kept = await LetGoAsync(partitions, async free => isDone &= await GiveAsync(incarnation, free, begun, cancellationToken), cancellationToken);
            if (kept.Count > 0)
                Keep(kept);
            return isDone && kept.Count == 0;
        }
        catch
        {
            // Whatever it was: those that are still this silo's must not stay closed, and of the others nothing is remembered.
            Keep(partitions);
            throw;
        }
    }

    /// <summary>For a silo that leaves: its whole row is given up afterwards, whatever could not be settled.</summary>
    public async Task CloseAllAsync(Incarnation incarnation, CancellationToken cancellationToken)
    {
        await LetGoAsync(owned.Taken, static _ => Task.CompletedTask, cancellationToken);
        var closed = owned.Close(incarnation, owned.Taken);
        try
        {
            await SettleAsync(cancellationToken);
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            LogUnsettled(silo.SiloId, closed.Count, Fault.Describe(fault));
        }
    }

    /// <summary>Goes on with each part as soon as it is let go of, for as long as the options allow.</summary>
    /// <returns>Those that somebody refuses to let go of.</returns>
    private async Task<IReadOnlySet<short>> LetGoAsync(IReadOnlySet<short> partitions, Func<IReadOnlySet<short>, Task> thenAsync, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.ReleaseTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var left = partitions;
        while (left.Count > 0 && await LetGoOfSomeAsync(left, either.Token) is { } free)
        {
            await thenAsync(free);
            left = left.Except(free).ToHashSet();
        }

        return left;
    }

    private async Task<bool> GiveAsync(Incarnation incarnation, IReadOnlySet<short> partitions, long begun, CancellationToken cancellationToken)
    {
        if (partitions.Count == 0)
            return true;

        await StoreProgressAsync(partitions, cancellationToken);

        // None, when this silo has become another incarnation meanwhile: what that one has is not this one's to give.
        var closed = owned.Close(incarnation, partitions);
        if (closed.Count < partitions.Count)
            Keep(partitions.Except(closed).ToHashSet());
        try
        {
            await SettleAsync(cancellationToken);
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            // The table has not been told, so they are this silo's, and the numbers of their events stand in its memory.
            LogKept(silo.SiloId, closed.Count, Fault.Describe(fault));
            owned.Take(incarnation, closed);
            Keep(closed);
            return false;
        }

        return closed.Count == 0 || await ReleaseAsync(incarnation, closed, begun, cancellationToken);
    }

    private static bool IsExpected(Exception fault) => SqlFaults.IsOutage(fault) || fault is OperationCanceledException;

    /// <summary>Those that all have let go of; null when somebody refuses, so that they must stay. Whoever takes too long is left behind.</summary>
    private async Task<IReadOnlySet<short>?> LetGoOfSomeAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        try
        {
            var free = await Task.WhenAll(_releases.Select(release => release.ReleaseAsync(partitions, cancellationToken))).WaitAsync(cancellationToken);
            return free.Aggregate(partitions, static (all, let) => all.Intersect(let).ToHashSet());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            LogLeftBehind(silo.SiloId, partitions.Count);
            return partitions;
        }
        catch (Exception fault)
        {
            LogRefused(silo.SiloId, partitions.Count, Fault.Describe(fault));
            return null;
        }
    }

    /// <summary>A courtesy to the next owner, which is not kept waiting for it for long.</summary>
    private async Task StoreProgressAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(StoreLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await Task.WhenAll(_progress.Select(work => work.StoreAsync(partitions, either.Token)));
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            LogNotStored(silo.SiloId, Fault.Describe(fault));
        }
    }

    /// <summary>A batch whose outcome is not known may yet be committed by the server: its process is ended before anybody else writes there.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        await commits.WhenSettledAsync().WaitAsync(cancellationToken);
        if (!doubtful.Any)
            return;

        await using var connection = await sources.Commits.OpenConnectionAsync(cancellationToken);
        await doubtful.ResolveAsync(connection, cancellationToken);
    }

    private async Task<bool> ReleaseAsync(Incarnation incarnation, IReadOnlySet<short> closed, long begun, CancellationToken cancellationToken)
    {
        try
        {
            var released = await ReleasePartitions.ExecuteAsync(sources.Membership, silo.SiloId, incarnation, closed, cancellationToken);
            var took = time.GetElapsedTime(begun);
            metrics.Released(released.Count, took);
            LogReleased(silo.SiloId, released.Count, (long)took.TotalMilliseconds);
            return released.Count == closed.Count;
        }
        catch (Exception fault) when (IsExpected(fault))
        {
            LogReleaseUncertain(silo.SiloId, closed.Count, Fault.Describe(fault));
            return false;
        }
    }

    private void Keep(IReadOnlySet<short> partitions)
    {
        foreach (var release in _releases)
            release.Kept(partitions);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {SiloId} handed {Count} partitions over in {Milliseconds} ms")]
    private partial void LogReleased(string siloId, int count, long milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} could not store how far delivery has come before a hand-over: {Fault}")]
    private partial void LogNotStored(string siloId, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} hands {Count} partitions over before everything there has ended: the time for it is over")]
    private partial void LogLeftBehind(string siloId, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} keeps {Count} partitions that it should hand over, since they are not let go of: {Fault}")]
    private partial void LogRefused(string siloId, int count, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} keeps {Count} partitions that it should hand over: {Fault}")]
    private partial void LogKept(string siloId, int count, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} does not know whether it has released {Count} partitions, and looks: {Fault}")]
    private partial void LogReleaseUncertain(string siloId, int count, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} leaves {Count} partitions without knowing what became of its last commits there: {Fault}")]
    private partial void LogUnsettled(string siloId, int count, string fault);
}
