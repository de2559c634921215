using AwoooP.Journal.Intake;
using AwoooP.Journal.Intake.Sql;

namespace AwoooP.Journal.Tests.Intake;

/// <summary>
/// One stream under every order of append, told record, read page and lost answer: the consumer gets each record once and in order,
/// the position never passes what was not worked off, and the lag ends at nothing.
/// </summary>
public sealed class IntakeStreamTests
{
    [Fact]
    public async Task Add_RecordThatAPageHeldAlready_IsNotHandedOutAgainAndLeavesNoLag()
    {
        var log = new Log(memoryBytes: 1);
        log.Append();
        log.Start(position: 0);

        // Durable, and read from the table before the append lane comes to tell.
        log.Append();
        await log.TakeAsync();
        log.Tell();
        log.CompleteAll();

        log.Taken.ShouldBe([1L, 2L]);
        log.Lag.Items.ShouldBe(0);
        log.Append();
        log.Tell();
        await log.TakeAsync();
        log.Taken.ShouldBe([1L, 2L, 3L]);
    }

    [Fact]
    public async Task Take_RecordToldWhileAnEmptyPageIsRead_IsHandedOut()
    {
        var log = new Log(memoryBytes: 1);
        log.Skip();
        log.Start(position: 0);
        log.AfterRead = () =>
        {
            log.AfterRead = static () => { };
            log.Append();
            log.Tell();
        };

        await log.TakeAsync();

        log.Taken.ShouldBe([2L]);
    }

    [Fact]
    public async Task Complete_RecordWhoseAppendGotNoAnswer_LeavesNoLag()
    {
        var log = new Log(memoryBytes: 1);
        log.Start(position: 0);
        for (var seq = 1; seq <= 4; seq++)
        {
            log.Append();
            if (seq == 3)
                log.LoseNextTell();
            else
                log.Tell();
        }

        // The first from memory, and the others from the table, where the third stands too.
        await log.TakeAsync();
        await log.TakeAsync();
        log.CompleteAll();

        log.Taken.ShouldBe([1L, 2L, 3L, 4L]);
        log.Lag.Items.ShouldBe(0);
        log.Append();
        log.Tell();
        log.Lag.Items.ShouldBe(1);
    }

    [Fact]
    public void Stop_WithRecordsInHand_LeavesNoLagWhateverComesAfter()
    {
        var log = new Log(memoryBytes: 1000);
        log.Append();
        log.Start(position: 0);
        log.Append();

        log.Stream.Stop();
        log.Tell();

        log.Lag.Items.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Take_AnyOrderOfSteps_HandsOutOnceAndInOrder(int seed)
    {
        var random = new Random(seed);
        var log = new Log(memoryBytes: random.Next(1, 12));
        for (var before = random.Next(6); before > 0; before--)
            Grow();
        log.Start(random.Next(log.Head + 1));
        log.AfterRead = () =>
        {
            // What happens while a page is on its way from the server.
            if (random.Next(2) == 0)
                Grow();
            if (random.Next(2) == 0)
                log.Tell();
        };
        for (var step = 0; step < 400; step++)
        {
            switch (random.Next(8))
            {
                case 0 or 1:
                    Grow();
                    break;
                case 2 or 3:
                    log.Tell();
                    break;
                case 4 when random.Next(4) == 0:
                    log.LoseNextTell();
                    break;
                case 5:
                    log.CompleteOne();
                    break;
                case var _ when log.HasTold:
                    await log.TakeAsync();
                    break;
            }

            log.CheckPosition();
        }

        log.AfterRead = static () => { };
        log.Append();
        log.TellAll();
        while (log.HasTold)
            await log.TakeAsync();
        log.CompleteAll();

        log.CheckEverythingTaken();
        log.Lag.Items.ShouldBe(0);
        log.Stream.LagItems.ShouldBe(0);

        void Grow()
        {
            if (random.Next(4) == 0)
                log.Skip();
            else
                log.Append(items: random.Next(1, 5));
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 200)];

    /// <summary>A partition in memory: what is durable, what of it was told, and what the stream handed out.</summary>
    private sealed class Log(int memoryBytes) : IIntakeReader
    {
        private readonly List<IntakeRecord> _table = [];
        private readonly Queue<IntakeRecord> _open = new();
        private readonly HashSet<long> _neverTold = [];
        private readonly Queue<List<IntakeRecord>> _inHand = new();
        private readonly List<long> _done = [];
        private long _started;
        private long _lastTold;

        public IntakeStream Stream { get; private set; } = null!;

        public IntakeLag Lag { get; } = new();

        public int Head { get; private set; }

        public List<long> Taken { get; } = [];

        public Action AfterRead { get; set; } = static () => { };

        /// <summary>Whether something was told that was not handed out.</summary>
        public bool HasTold => _lastTold > Math.Max(_started, Taken.LastOrDefault());

        /// <summary>A number is used by another kind, or by an append that failed.</summary>
        public void Skip() => Head++;

        public void Append(int items = 1)
        {
            var record = new IntakeRecord(1, ++Head, "p1", "notes.v1", new byte[] { 1 }, DateTimeOffset.UnixEpoch, null) { Items = items };
            _table.Add(record);
            if (Stream is not null)
                _open.Enqueue(record);
        }

        public void Start(long position)
        {
            _started = position;
            _lastTold = _table.LastOrDefault()?.Seq ?? 0;
            var items = _table.Where(record => record.Seq > position).Sum(static record => (long)record.Items);
            var options = new IntakeOptions { MemoryBytes = memoryBytes, ConsumeItems = 3 };
            Stream = new IntakeStream(new TakenStream("notes.v1", 1, position, items), Head, Lag, this, options);
        }

        public void Tell()
        {
            if (!_open.TryDequeue(out var record))
                return;
            _lastTold = record.Seq;
            Stream.Add(record);
        }

        public void TellAll()
        {
            while (_open.Count > 0)
                Tell();
        }

        public void LoseNextTell()
        {
            if (_open.TryDequeue(out var record))
                _neverTold.Add(record.Seq);
        }

        public async Task TakeAsync()
        {
            var records = await Stream.TakeAsync(CancellationToken.None);
            Taken.AddRange(records.Select(static record => record.Seq));
            _inHand.Enqueue(records);
        }

        public void CompleteOne()
        {
            if (!_inHand.TryDequeue(out var records))
                return;
            Stream.Complete(records);
            _done.AddRange(records.Select(static record => record.Seq));
        }

        public void CompleteAll()
        {
            while (_inHand.Count > 0)
                CompleteOne();
        }

        /// <summary>A stored position that passes an accepted record which was not worked off loses it for good.</summary>
        public void CheckPosition() =>
            Wanted().Where(seq => seq <= Stream.Done).Except(_done).ShouldBeEmpty("the position passes what was not worked off");

        /// <summary>What nobody was told of may be handed out or not: its sender sends again.</summary>
        public void CheckEverythingTaken()
        {
            Taken.ShouldBeInOrder();
            Taken.ShouldBeUnique();
            Taken.Except(_neverTold).ShouldBe(Wanted());
        }

        public Task<List<IntakeRecord>> ReadAsync(short partition, string kind, long after, int maxItems, int maxBytes, CancellationToken cancellationToken)
        {
            var page = new List<IntakeRecord>();
            foreach (var record in _table.Where(record => record.Seq > after))
            {
                if (page.Sum(static read => read.Items) >= maxItems)
                    break;
                page.Add(record);
            }

            AfterRead();
            return Task.FromResult(page);
        }

        private IEnumerable<long> Wanted() =>
            _table.Select(static record => record.Seq).Where(seq => seq > _started && !_neverTold.Contains(seq));
    }
}
