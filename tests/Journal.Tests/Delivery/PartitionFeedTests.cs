using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Sql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>
/// One partition under every order of commit, told event, read and lost answer: each consumer gets what it wants once, in order,
/// and no position passes what was not handed out.
/// </summary>
public sealed class PartitionFeedTests
{
    private static readonly string[][] Wants = [["a"], ["b"], ["a", "b"], ["c"]];

    [Fact]
    public async Task Take_TableAheadOfWhatWasTold_OthersStillGetIt()
    {
        var log = new Log(Wants, tailEvents: 8);
        log.Commit("a");
        log.Tell();
        log.Start([0, 1, 1, 1]);

        // The first consumer reads the table between the commit and the moment when the feed is told of it.
        log.Commit("b");
        await log.TakeAsync(0);
        log.Tell();
        await log.TakeAsync(1);

        log.Taken[1].ShouldBe([2L]);
    }

    [Fact]
    public async Task Take_OlderEventToldAfterItWasRead_IsNotTakenForTheNewest()
    {
        var log = new Log(Wants, tailEvents: 8);
        log.Start([0, 0, 0, 0]);
        log.Commit("a");
        log.Commit("a");
        log.Feed.Distrust();
        await log.TakeAsync(0);
        log.Tell();
        log.HandleOne(0);

        log.Feed.GetMove(0, skipAtLeast: 1)!.Value.To.ShouldBe(1, "the second event is handed out, but not handled");
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Take_AnyOrderOfSteps_HandsOutOnceAndInOrder(int seed)
    {
        var random = new Random(seed);
        var log = new Log(Wants, tailEvents: random.Next(1, 6));
        log.AfterRead = () =>
        {
            // What happens while a page is on its way from the server.
            if (random.Next(2) == 0)
                log.Commit("b");
            if (random.Next(2) == 0)
                log.Tell();
        };
        var started = false;
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(10))
            {
                case 0 or 1 or 2:
                    log.Commit(((char)('a' + random.Next(3))).ToString());
                    break;
                case 3 or 4:
                    log.Tell();
                    break;
                case 5 when started && random.Next(4) == 0:
                    // The answer of the commit was lost: nobody is told, and the doubt is told instead.
                    log.LoseNextTell();
                    log.Feed.Distrust();
                    break;
                case 6 when started && random.Next(4) == 0:
                    log.Feed.CompareWithTable(log.Table.Count);
                    break;
                case 7 when !started:
                    log.Start([.. Wants.Select(_ => (long)random.Next(log.Table.Count + 1))]);
                    started = true;
                    break;
                case 8 when started:
                    log.HandleOne(random.Next(Wants.Length));
                    break;
                case var _ when started:
                    await log.TakeAsync(random.Next(Wants.Length));
                    break;
            }

            log.CheckPositions();
        }

        log.AfterRead = static () => { };
        if (!started)
            log.Start([0, 0, 0, 0]);
        log.TellAll();
        log.Feed.CompareWithTable(log.Table.Count);
        await log.TakeEverythingAsync();

        log.CheckEverythingTaken();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    /// <summary>A log in memory: what is durable, what of it was told, and what each consumer got.</summary>
    private sealed class Log : IEventReader
    {
        private static readonly AggregateId Id = new("note", "awoooi/one");

        private readonly IReadOnlyList<IReadOnlySet<string>> _wants;
        private readonly List<Queue<long>> _open;
        private readonly List<long> _handled;
        private readonly List<long> _started = [];
        private int _told;

        public Log(string[][] wants, int tailEvents)
        {
            _wants = [.. wants.Select(types => types.ToHashSet())];
            Taken = [.. wants.Select(_ => new List<long>())];
            _open = [.. wants.Select(_ => new Queue<long>())];
            _handled = [.. wants.Select(_ => 0L)];
            var consumers = wants.Select((types, ordinal) => new Idle($"consumer{ordinal}", types.ToHashSet()) { Ordinal = ordinal }).ToList();
            Feed = new PartitionFeed(0, 1, consumers, new PageCache(this, pageSize: 3), tailEvents);
        }

        public PartitionFeed Feed { get; }

        public List<RecordedEvent> Table { get; } = [];

        public List<List<long>> Taken { get; }

        public Action AfterRead { get; set; } = static () => { };

        public void Commit(string type) => Table.Add(new RecordedEvent
        {
            Position = new Position(1, 0, Table.Count + 1),
            Id = Id,
            Version = Table.Count + 1,
            Type = type,
            TypeVersion = 1,
            Data = new byte[] { 1 },
            Actor = "platform",
            At = DateTimeOffset.UnixEpoch,
        });

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

        public void LoseNextTell()
        {
            if (_told < Table.Count)
                _told++;
        }

        public void Start(long[] positions)
        {
            _started.AddRange(positions);
            Feed.Start(positions, Table.Count);
        }

        public async Task<bool> TakeAsync(int consumer)
        {
            var events = new List<RecordedEvent>();
            if (await Feed.TakeAsync(consumer, 2, events, CancellationToken.None) is not { } scanned)
                return false;

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
            for (var consumer = 0; consumer < _wants.Count; consumer++)
            {
                while (await TakeAsync(consumer))
                {
                }
            }
        }

        /// <summary>A stored position that passes an event which was not handled loses it for good.</summary>
        public void CheckPositions()
        {
            for (var consumer = 0; consumer < _wants.Count; consumer++)
            {
                if (Feed.GetMove(consumer, skipAtLeast: 1) is { } move)
                    Wanted(consumer).Any(seq => seq > _handled[consumer] && seq <= move.To).ShouldBeFalse($"consumer {consumer} moves past what it has not handled");
            }
        }

        public void CheckEverythingTaken()
        {
            for (var consumer = 0; consumer < _wants.Count; consumer++)
                Taken[consumer].ShouldBe(Wanted(consumer));
        }

        public Task<EventPage> ReadAsync(short partition, long after, int limit, CancellationToken cancellationToken)
        {
            var events = Table.Skip((int)after).Take(limit).ToList();
            AfterRead();
            return Task.FromResult(new EventPage(after, events, events.Count < limit));
        }

        private IEnumerable<long> Wanted(int consumer) =>
            Table.Where(recorded => recorded.Position.Seq > _started[consumer] && _wants[consumer].Contains(recorded.Type)).Select(recorded => recorded.Position.Seq);
    }

    /// <summary>Takes nothing by itself: the test takes in its place.</summary>
    private sealed class Idle(string name, IReadOnlySet<string> eventTypes) : Consumer(name, ConsumerKind.Reaction, eventTypes)
    {
        public override void Acquired(PartitionFeed feed, IEnumerable<HeldQueue> held)
        {
        }

        public override void Released(PartitionFeed feed)
        {
        }

        public override Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task<RetryOutcome> RetryAsync(PartitionFeed feed, HeldTarget target, CancellationToken cancellationToken) =>
            Task.FromResult(new RetryOutcome(RetryStatus.NotFound));

        public override Task FlushAsync(IReadOnlyCollection<PartitionFeed> feeds, long skipAtLeast, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
