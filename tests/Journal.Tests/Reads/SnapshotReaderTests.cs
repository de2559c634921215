using System.Threading.Channels;
using AwoooP.Journal.Reads;

namespace AwoooP.Journal.Tests.Reads;

public sealed class SnapshotReaderTests
{
    /// <summary>So many wait before they get a second batch.</summary>
    private const int Many = 128;

    private readonly HeldSource _source = new();

    [Fact]
    public async Task Read_WhoseCallerHasGone_IsNotMade()
    {
        var reader = new SnapshotReader(_source, capacity: 10);
        var first = reader.ReadAsync(Id(1), default);
        var batch = await _source.NextAsync();
        using var gone = new CancellationTokenSource();
        var left = reader.ReadAsync(Id(2), gone.Token);
        var waiting = reader.ReadAsync(Id(3), default);

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        batch.Answer();
        var next = await _source.NextAsync();
        next.Answer();

        next.Ids.ShouldBe([Id(3)]);
        (await first)!.Id.ShouldBe(Id(1));
        (await waiting)!.Id.ShouldBe(Id(3));
    }

    [Fact]
    public async Task Read_WhoseCallerGoesWhileItIsMade_KeepsNobodyElseFromItsAnswer()
    {
        var reader = new SnapshotReader(_source, capacity: 10);
        var first = reader.ReadAsync(Id(1), default);
        var held = await _source.NextAsync();
        using var gone = new CancellationTokenSource();
        var left = reader.ReadAsync(Id(2), gone.Token);
        var waiting = reader.ReadAsync(Id(3), default);
        held.Answer();
        var batch = await _source.NextAsync();

        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        batch.Answer();

        batch.Ids.ShouldBe([Id(2), Id(3)]);
        (await first)!.Id.ShouldBe(Id(1));
        (await waiting)!.Id.ShouldBe(Id(3));
    }

    [Fact]
    public async Task Read_OverTheBound_IsRefusedUntilOneOfThoseThatWaitHasGone()
    {
        var reader = new SnapshotReader(_source, capacity: Many);
        List<Task<Snapshot?>> reads = [reader.ReadAsync(Id(0), default)];
        var first = await _source.NextAsync();
        reads.AddRange(Enumerable.Range(1, Many).Select(number => reader.ReadAsync(Id(number), default)));
        var second = await _source.NextAsync();
        using var gone = new CancellationTokenSource();
        var left = reader.ReadAsync(Id(Many + 1), gone.Token);
        reads.AddRange(Enumerable.Range(Many + 2, Many - 1).Select(number => reader.ReadAsync(Id(number), default)));

        await Should.ThrowAsync<JournalUnavailableException>(() => reader.ReadAsync(Id(1_000), default));
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => left);
        reads.Add(reader.ReadAsync(Id(1_001), default));

        first.Answer();
        second.Answer();
        (await _source.NextAsync()).Answer();
        (await Task.WhenAll(reads)).ShouldAllBe(static snapshot => snapshot != null);
    }

    private static AggregateId Id(int number) => new("thing", $"p1/{number}");

    /// <summary>Answers a batch when the test says so, with a snapshot of each.</summary>
    private sealed class HeldSource : ISnapshotSource
    {
        private readonly Channel<Batch> _batches = Channel.CreateUnbounded<Batch>();

        public async Task<Batch> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            return await _batches.Reader.ReadAsync(limit.Token);
        }

        public async Task ReadAsync(IReadOnlyList<AggregateId> ids, Action<int, Snapshot> found, CancellationToken cancellationToken)
        {
            var batch = new Batch(ids);
            _batches.Writer.TryWrite(batch).ShouldBeTrue();
            await batch.Answered;
            for (var place = 0; place < ids.Count; place++)
                found(place, new Snapshot(ids[place], 1, 1, default));
        }
    }

    private sealed class Batch(IReadOnlyList<AggregateId> ids)
    {
        private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<AggregateId> Ids => ids;

        public Task Answered => _answered.Task;

        public void Answer() => _answered.SetResult();
    }
}
