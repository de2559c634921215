using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Feed;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>
/// A log in memory under a feed: what is durable, what of it was told, and what each consumer was woken for, took and handled.
/// A consumer takes only when the feed has woken it, as the real ones do.
/// </summary>
internal sealed class FeedLog : IEventReader
{
    private static readonly AggregateId Id = new("note", "awoooi/one");

    private readonly IReadOnlyList<IdleConsumer> _consumers;
    private readonly List<Queue<long>> _open;
    private readonly List<long> _handled;
    private readonly List<long> _started = [];
    private readonly HashSet<long> _takenOut = [];
    private int _told;

    /// <param name="known">What the build knows; everything when it is null.</param>
    public FeedLog(string[][] wants, int tailEvents, IKnownEvents? known = null)
    {
        Taken = [.. wants.Select(_ => new List<long>())];
        _open = [.. wants.Select(_ => new Queue<long>())];
        _handled = [.. wants.Select(_ => 0L)];
        _consumers = [.. wants.Select((types, ordinal) => new IdleConsumer($"consumer{ordinal}", types.ToHashSet()) { Ordinal = ordinal })];
        Feed = new PartitionFeed(0, 1, _consumers, new PageCache(this, pageSize: 3), tailEvents, known ?? new EveryEvent());
    }

    public PartitionFeed Feed { get; }

    public List<RecordedEvent> Table { get; } = [];

    public List<List<long>> Taken { get; }

    /// <summary>Runs when a page has been read and is on its way.</summary>
    public Action AfterRead { get; set; } = static () => { };

    /// <summary>A started feed over an empty log, with one consumer.</summary>
    public static PartitionFeed StartedFeed(short partition)
    {
        var consumer = new IdleConsumer("notes", new HashSet<string> { "a" });
        var feed = new PartitionFeed(partition, 1, [consumer], new PageCache(new FeedLog([], 1), pageSize: 3), tailEvents: 8, new EveryEvent());
        feed.Start([0], 0);
        return feed;
    }

    public static RecordedEvent Event(short partition, long seq, string type) => new()
    {
        Position = new Position(1, partition, seq),
        Id = Id,
        Version = seq,
        Type = type,
        TypeVersion = 1,
        Data = new byte[] { 1 },
        Actor = "platform",
        At = DateTimeOffset.UnixEpoch,
    };

    public void Commit(string type) => Table.Add(Event(0, Table.Count + 1, type));

    /// <summary>It leaves the log with its tenant: from here on no read finds it.</summary>
    public void TakeOut(params IEnumerable<long> seqs) => _takenOut.UnionWith(seqs);

    public void Tell()
    {
        if (_told < Table.Count)
            Feed.Append(Table[_told++]);
    }

    public void TellAll()
    {
        while (_told < Table.Count)
            Tell();
    }

    /// <summary>The answer of a commit is lost: it is never told, and the doubt is told instead.</summary>
    public void LoseNextTell()
    {
        if (_told < Table.Count)
            _told++;
        Feed.Distrust();
    }

    public void Start(long[] positions)
    {
        _started.AddRange(positions);
        Feed.Start(positions, Table.Count);
    }

    /// <summary>What a consumer's loop does with the next entry of its queue; false when there is none.</summary>
    public async Task<bool> TakeAsync(int consumer)
    {
        if (!_consumers[consumer].TryDequeue())
            return false;

        var events = new List<RecordedEvent>();
        if (await Feed.TakeAsync(consumer, 2, events, CancellationToken.None) is not { } scanned)
        {
            events.ShouldBeEmpty("what is handed out must be told how far it reaches");
            return true;
        }

        foreach (var taken in events)
        {
            Taken[consumer].Add(taken.Position.Seq);
            _open[consumer].Enqueue(taken.Position.Seq);
        }

        _open[consumer].Enqueue(scanned);
        return true;
    }

    public void HandleOne(int consumer)
    {
        if (!_open[consumer].TryDequeue(out var seq))
            return;

        _handled[consumer] = seq;
        Feed.Complete(consumer, seq);
    }

    public async Task TakeEverythingAsync()
    {
        for (var consumer = 0; consumer < _consumers.Count; consumer++)
        {
            while (await TakeAsync(consumer))
            {
            }
        }
    }

    /// <summary>A stored position that passes an event which was not handled loses it for good; a reader who is told so too early misses it.</summary>
    public void CheckPositions()
    {
        using var enough = new CancellationTokenSource();
        for (var consumer = 0; consumer < _started.Count; consumer++)
        {
            if (Feed.GetMove(consumer, skipAtLeast: 1) is { } move)
                HasOpen(consumer, move.To).ShouldBeFalse($"consumer {consumer} moves past what it has not handled");
            if (Feed.WaitAsync(Table.Count, [consumer], enough.Token) is { IsCompletedSuccessfully: true, Result: true })
                HasOpen(consumer, Table.Count).ShouldBeFalse($"consumer {consumer} is said to have passed what it has not handled");
        }

        enough.Cancel();
    }

    public void CheckEverythingTaken()
    {
        for (var consumer = 0; consumer < _consumers.Count; consumer++)
            Taken[consumer].ShouldBe(Wanted(consumer));
    }

    public Task<EventPage> ReadAsync(short partition, long after, int limit, CancellationToken cancellationToken)
    {
        var events = Table.Skip((int)after).Where(recorded => !_takenOut.Contains(recorded.Position.Seq)).Take(limit).ToList();
        AfterRead();
        return Task.FromResult(new EventPage(after, events, events.Count < limit));
    }

    private bool HasOpen(int consumer, long upTo) => Wanted(consumer).Any(seq => seq > _handled[consumer] && seq <= upTo);

    private IEnumerable<long> Wanted(int consumer) =>
        Table.Where(recorded => recorded.Position.Seq > _started[consumer] && _consumers[consumer].EventTypes.Contains(recorded.Type))
            .Select(recorded => recorded.Position.Seq);
}
