using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Reads;

/// <summary>
/// Reads of cold aggregates share round trips: while one is on its way, those that come meanwhile are gathered for the next.
/// A read that comes alone goes at once. While the server hangs those whose callers have gone leave the queue, so that it is not kept from
/// the others when it is back by what nobody wants any more.
/// </summary>
/// <param name="capacity">Reads that may wait; one more is refused.</param>
internal sealed class SnapshotReader(ISnapshotSource source, int capacity)
{
    private const int MaxBatch = 512;
    private const int MaxConcurrent = 2;

    private readonly Lock _lock = new();
    private readonly LinkedList<PendingRead> _waiting = new();
    private int _running;

    /// <exception cref="JournalUnavailableException">Also when too many reads wait already.</exception>
    public async Task<Snapshot?> ReadAsync(AggregateId id, CancellationToken cancellationToken)
    {
        var read = new PendingRead(id);
        var place = Enqueue(read);
        try
        {
            return await read.Answer.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Withdraw(place);
            throw;
        }
    }

    private LinkedListNode<PendingRead> Enqueue(PendingRead read)
    {
        lock (_lock)
        {
            if (_waiting.Count >= capacity)
                throw new JournalUnavailableException("Too many reads wait for the journal.");

            var place = _waiting.AddLast(read);
            if (_running < MaxConcurrent && (_running == 0 || _waiting.Count >= MaxBatch / 4))
            {
                _running++;
                ThreadPool.UnsafeQueueUserWorkItem(static self => _ = self.RunAsync(), this, preferLocal: false);
            }

            return place;
        }
    }

    /// <summary>One that is on its way already goes on.</summary>
    private void Withdraw(LinkedListNode<PendingRead> place)
    {
        lock (_lock)
        {
            if (place.List is not null)
                _waiting.Remove(place);
        }
    }

    private async Task RunAsync()
    {
        while (Take() is { } batch)
        {
            try
            {
                await ReadAsync(batch);
                foreach (var read in batch)
                    read.Missing();
            }
            catch (Exception error) when (SqlFaults.IsOutage(error))
            {
                foreach (var read in batch)
                    read.Fail(new JournalUnavailableException("The journal cannot be read.", error));
            }
            catch (Exception error)
            {
                foreach (var read in batch)
                    read.Fail(error);
            }
        }
    }

    /// <summary>A pooled connection may have broken while nobody used it; a read can be asked again.</summary>
    private async Task ReadAsync(List<PendingRead> batch)
    {
        AggregateId[] ids = [.. batch.Select(read => read.Id)];
        try
        {
            await source.ReadAsync(ids, Found, CancellationToken.None);
        }
        catch (NpgsqlException error) when (error.IsTransient)
        {
            await source.ReadAsync(ids, Found, CancellationToken.None);
        }

        void Found(int place, Snapshot snapshot) => batch[place].Found(snapshot);
    }

    private List<PendingRead>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _running--;
                return null;
            }

            var batch = new List<PendingRead>(Math.Min(_waiting.Count, MaxBatch));
            while (batch.Count < MaxBatch && _waiting.First is { } first)
            {
                batch.Add(first.Value);
                _waiting.RemoveFirst();
            }

            return batch;
        }
    }

    private sealed class PendingRead(AggregateId id)
    {
        private readonly TaskCompletionSource<Snapshot?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public AggregateId Id => id;

        public Task<Snapshot?> Answer => _answer.Task;

        public void Found(Snapshot snapshot) => _answer.TrySetResult(snapshot);

        public void Missing() => _answer.TrySetResult(null);

        public void Fail(Exception error) => _answer.TrySetException(error);
    }
}
