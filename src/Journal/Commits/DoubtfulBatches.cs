using System.Collections.Concurrent;
using Npgsql;

namespace AwoooP.Journal.Commits;

/// <summary>
/// The batches whose connection broke after they were sent, until it is known what became of them. No lane numbers
/// another event before: the partitions of one lane may be another's tomorrow.
/// </summary>
internal sealed class DoubtfulBatches(PartitionHeads heads, CommitObservers observers)
{
    private readonly ConcurrentQueue<InDoubt> _batches = new();
    private readonly SemaphoreSlim _resolving = new(1, 1);

    public bool Any => !_batches.IsEmpty;

    /// <summary>Whether one of them has written, or may yet, to the partition.</summary>
    public bool Hold(short partition) => Any && _batches.Any(batch => batch.Partitions.Contains(partition));

    public void Add(InDoubt batch)
    {
        _batches.Enqueue(batch);
        observers.Uncertain(batch.Partitions);
    }

    /// <summary>Ends what may still run of them, reads the partitions' heads from the log, and tells the observers to look.</summary>
    public async ValueTask ResolveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!Any)
            return;

        await _resolving.WaitAsync(cancellationToken);
        try
        {
            while (_batches.TryPeek(out var batch))
            {
                await batch.ResolveAsync(connection, heads, cancellationToken);
                _batches.TryDequeue(out _);
                observers.Uncertain(batch.Partitions);
            }
        }
        finally
        {
            _resolving.Release();
        }
    }
}
