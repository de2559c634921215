using System.Threading.Channels;
using AwoooP.Journal.Delivery.Held;

namespace AwoooP.Journal.Delivery.Feed;

/// <summary>One projection, reaction or subscription at work. Each runs by itself, so that none waits for another.</summary>
internal abstract class Consumer(string name, ConsumerKind kind, IReadOnlySet<string> eventTypes)
{
    private readonly Channel<Work> _work = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    public string Name { get; } = name;

    public ConsumerKind Kind { get; } = kind;

    public IReadOnlySet<string> EventTypes { get; } = eventTypes;

    /// <summary>Its place in every feed's slots; set once, before any feed exists.</summary>
    public int Ordinal { get; set; }

    public ConsumerHealth Health { get; } = new();

    protected ChannelReader<Work> Pending => _work.Reader;

    /// <summary>The feed has something for this consumer. Feeds see to it that they stand here once at most.</summary>
    public void Enqueue(PartitionFeed feed) => _work.Writer.TryWrite(new Work(feed, null));

    /// <summary>What is held back in the partition, before the first event is handed out.</summary>
    public abstract void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held);

    public abstract void Released(PartitionFeed feed);

    /// <summary>Runs until cancelled; faults of what is delivered never end it.</summary>
    public abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Tries again what is held behind a dead letter, in order, between live events.</summary>
    public abstract Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken);

    /// <summary>Stores the positions that moved without a transaction of their own.</summary>
    /// <param name="skipAtLeast">Store a position that only skipped events when it skipped that many.</param>
    public abstract Task FlushAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken);

    /// <summary>Takes what is held from the table again, in case somebody else, such as a rebuild, has changed it.</summary>
    public virtual void RefreshHeld(IReadOnlyCollection<PartitionFeed> feeds)
    {
    }

    /// <summary>Runs on the consumer's own loop, between two batches.</summary>
    protected void Post(Func<CancellationToken, Task> run) => _work.Writer.TryWrite(new Work(null, run));

    /// <summary>Does nothing while the same thing stands in the queue already.</summary>
    protected void PostOnce(Posted posted, Func<CancellationToken, Task> run)
    {
        if (!posted.TryBegin())
            return;
        Post(stopping =>
        {
            posted.End();
            return run(stopping);
        });
    }

    /// <summary>Whether something stands in the consumer's queue.</summary>
    protected sealed class Posted
    {
        private int _stands;

        public bool TryBegin() => Interlocked.Exchange(ref _stands, 1) == 0;

        public void End() => Volatile.Write(ref _stands, 0);
    }

    protected readonly record struct Work(PartitionFeed? Feed, Func<CancellationToken, Task>? Run);
}
