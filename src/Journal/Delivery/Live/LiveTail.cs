using System.Collections.Frozen;
using AwoooP.Journal.Delivery.Sql;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery.Live;

/// <summary>
/// Follows the partitions that another process delivers, while somebody reads live. It asks the table now and then and takes no part in
/// anybody's commit; where it begins, the readers get a gap, since it does not know what they have missed.
/// </summary>
/// <param name="ownership">Null in a process that is no silo: everything is delivered elsewhere.</param>
internal sealed class LiveTail(LiveFeed live, JournalConnections connections, IOptions<DeliveryOptions> options, IPartitionOwnership? ownership = null)
{
    private readonly ReadPartitionEnds _ends = new(connections.Engine);
    private readonly ReadPartitionEvents _events = new(connections.Engine);
    private readonly Dictionary<short, long> _known = [];

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var owned = ownership?.Owned ?? FrozenSet<short>.Empty;
        var others = PartitionMap.All.Where(partition => !owned.Contains(partition)).ToHashSet();
        foreach (var partition in _known.Keys.Where(partition => !live.HasReaders || !others.Contains(partition)).ToList())
            _known.Remove(partition);
        if (!live.HasReaders || others.Count == 0)
            return;

        var begins = false;
        foreach (var (partition, found) in await _ends.ExecuteAsync([.. others], cancellationToken))
        {
            var end = found;
            if (!_known.TryGetValue(partition, out var known))
            {
                begins = true;
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

        if (begins)
            live.PublishGap();
    }
}
