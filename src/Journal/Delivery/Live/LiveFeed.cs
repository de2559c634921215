using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery.Live;

/// <summary>Hands durable events to every reader of this process. A reader that is full gets one gap marker and goes on behind it.</summary>
internal sealed class LiveFeed(IOptions<DeliveryOptions> options) : ILiveFeed
{
    private ImmutableArray<Reader> _readers = [];

    /// <summary>Raised when the first reader comes or the last one goes.</summary>
    public event Action? ReadersChanged;

    public bool HasReaders => !_readers.IsEmpty;

    public IAsyncEnumerable<LiveItem> ReadAsync(CancellationToken cancellationToken)
    {
        // Joined here and not at the first MoveNext, so that nothing between the call and the loop is missed.
        var reader = new Reader(options.Value.LiveBuffer);
        ImmutableInterlocked.Update(ref _readers, static (readers, added) => readers.Add(added), reader);
        ReadersChanged?.Invoke();
        return ReadAsync(reader, cancellationToken);
    }

    /// <summary>Called from the committer: costs nothing without readers and never blocks.</summary>
    public void Publish(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var reader in _readers)
        {
            foreach (var recorded in events)
                reader.Offer(recorded);
        }
    }

    /// <summary>Events may have been missed by all.</summary>
    public void PublishGap()
    {
        foreach (var reader in _readers)
            reader.MarkGap();
    }

    private async IAsyncEnumerable<LiveItem> ReadAsync(Reader reader, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await reader.WaitAsync(cancellationToken);
                while (reader.TryTake(out var item))
                    yield return item;
            }
        }
        finally
        {
            ImmutableInterlocked.Update(ref _readers, static (readers, gone) => readers.Remove(gone), reader);
            ReadersChanged?.Invoke();
        }
    }

    private sealed class Reader(int capacity)
    {
        private readonly Lock _gate = new();
        private readonly Queue<LiveItem> _items = new();
        private readonly Signal _offered = new();
        private bool _gap;

        public void Offer(RecordedEvent recorded)
        {
            lock (_gate)
            {
                if (_items.Count >= capacity)
                    MarkGapLocked();
                else
                    _items.Enqueue(new LiveEvent(recorded));
            }

            _offered.Set();
        }

        public void MarkGap()
        {
            lock (_gate)
                MarkGapLocked();
            _offered.Set();
        }

        public ValueTask WaitAsync(CancellationToken cancellationToken) => _offered.WaitAsync(cancellationToken);

        public bool TryTake(out LiveItem item)
        {
            lock (_gate)
            {
                if (_gap)
                {
                    _gap = false;
                    item = new LiveGap();
                    return true;
                }

                return _items.TryDequeue(out item!);
            }
        }

        /// <summary>What is queued would be read again with the lists, so it goes too: the reader is up to date at once.</summary>
        private void MarkGapLocked()
        {
            _items.Clear();
            _gap = true;
        }
    }
}
