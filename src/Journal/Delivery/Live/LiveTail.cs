using System.Collections.Frozen;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery.Live;

/// <summary>
/// Follows the partitions that another process delivers, while somebody reads live. It asks the table now and then and takes no part in
/// anybody's commit; where it begins and where it ends, the readers get a gap, since it does not know what they have missed.
/// </summary>
/// <param name="ownership">Null in a process that is no silo: everything is delivered elsewhere.</param>
internal sealed class LiveTail(LiveFeed live, JournalConnections connections, IOptions<DeliveryOptions> options, IPartitionOwnership? ownership = null)
{
    private readonly ReadPartitionEnds _ends = new(connections.Engine);
    private readonly ReadPartitionEvents _events = new(connections.Engine);
    private readonly Dictionary<short, long> _known = [];
    private bool _missed;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (!live.HasReaders)
        {
            _known.Clear();
            return;
        }

        var owned = ownership?.Owned ?? FrozenSet<short>.Empty;
        short[] others = [.. PartitionMap.All.Where(partition => !owned.Contains(partition))];
        foreach (var partition in _known.Keys.Except(others).ToList())
        {
            // It came to this process, which tells its own commits alone: the last ones of its owner before were seen by no look.
            _known.Remove(partition);
            _missed = true;
        }

        try
        {
            if (others.Length > 0)
                await FollowAsync(others, cancellationToken);
        }
        finally
        {
            // Also when a read failed: the next look finds nothing that begins or ends.
            if (_missed)
                live.PublishGap();
            _missed = false;
        }
    }

    private async Task FollowAsync(short[] others, CancellationToken cancellationToken)
    {
        foreach (var (partition, found) in await _ends.ExecuteAsync(others, cancellationToken))
        {
            var end = found;
            if (!_known.TryGetValue(partition, out var known))
            {
                _missed = true;
            }
            else if (end > known)
            {
                var page = await _events.ReadAsync(partition, known, options.Value.LiveBuffer, cancellationToken);
                live.Publish(page.Events);
                if (page.End < end)
                    live.PublishGap();

                // The page was read later than the end, and may hold more: that was told too.
                end = Math.Max(end, page.End);
            }

            _known[partition] = end;
        }
    }
}
