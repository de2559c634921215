using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using AwoooP.Alerts;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Reports;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>What the front asks of the journal, answered as a test says.</summary>
public sealed class StubJournal : IDurableClock, IIntakeLog, IPositionWaiter, ILiveFeed, IDeliveryStatus, IDeadLetters, IClusterStatus
{
    private readonly ConcurrentDictionary<Channel<LiveItem>, bool> _readers = new();

    public DateTimeOffset Now { get; set; } = TimeProvider.System.GetUtcNow();

    public ConcurrentQueue<IntakeEntry> Entries { get; } = new();

    public Func<IntakeOutcome> OnAppend { get; set; } = static () => new IntakeOutcome(IntakeStatus.Accepted);

    public bool Passed { get; set; } = true;

    public Position? Awaited { get; private set; }

    public List<DeadLetter> Held { get; } = [];

    public List<Guid> Discarded { get; } = [];

    public IReadOnlyList<AlertBatch> Batches => [.. Entries.Select(static entry => JsonSerializer.Deserialize(entry.Payload.Span, AlertBatchJson.Default.AlertBatch)!)];

    public ValueTask<IntakeOutcome> AppendAsync(IntakeEntry entry, CancellationToken cancellationToken)
    {
        var outcome = OnAppend();
        if (outcome.Status == IntakeStatus.Accepted)
            Entries.Enqueue(entry);

        return ValueTask.FromResult(outcome);
    }

    public ValueTask<bool> WaitAsync(Position position, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Awaited = position;
        return ValueTask.FromResult(Passed);
    }

    public async IAsyncEnumerable<LiveItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateUnbounded<LiveItem>();
        _readers[channel] = true;
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(cancellationToken))
                yield return item;
        }
        finally
        {
            _readers.TryRemove(channel, out _);
        }
    }

    public int Readers => _readers.Count;

    public void Tell(LiveItem item)
    {
        foreach (var reader in _readers.Keys)
            reader.Writer.TryWrite(item);
    }

    public DeliveryStatus Read() => new(1, [new ConsumerStatus("incidents", ConsumerKind.Projection, 3, 10, 0, 0, 0, false, null)], new WakeStatus(0, 0, 0, null));

    public Task<IReadOnlyList<DeadLetter>> ListAsync(string? projectId, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadLetter>>([.. Held.Where(letter => letter.Aggregate.ProjectId == projectId).Take(limit)]);

    public Task<DeadLetter?> FindAsync(string projectId, Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Held.Find(letter => letter.Id == id && letter.Aggregate.ProjectId == projectId));

    public Task<RetryOutcome> RetryAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(new RetryOutcome(RetryStatus.Delivered, 2));

    Task<ClusterStatus> IClusterStatus.ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new ClusterStatus(17, TimeSpan.FromSeconds(4), 256, 128,
    [
        new ClusterSilo("silo-1", 3, SiloState.Alive, "127.0.0.1:41234", "1.0.0+0123456789abcdef", [.. Numbers(0, 127), 255], TimeSpan.FromMilliseconds(3120),
            new SiloReport(
                [new GrainCount("incident", 120), new GrainCount("alert", 30)],
                [new HotGrain("alert/awoooi/a", 812.5), new HotGrain("alert/ewoooc/b", 2)],
                [new HotPartition(17, 120)]),
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)),
        new ClusterSilo("silo-2", 1, SiloState.Dead, null, "1.0.0", [.. Numbers(127, 128)], TimeSpan.Zero, null, null),
    ]));

    public Task<RetryOutcome> DiscardAsync(Guid id, CancellationToken cancellationToken)
    {
        Discarded.Add(id);
        return Task.FromResult(new RetryOutcome(RetryStatus.Delivered));
    }

    private static IEnumerable<short> Numbers(int first, int count) => Enumerable.Range(first, count).Select(static number => (short)number);
}
