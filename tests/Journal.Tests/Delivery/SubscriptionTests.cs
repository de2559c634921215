using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class SubscriptionTests : IAsyncLifetime
{
    private static readonly AggregateId A = new("thing", "p1/a");
    private static readonly AggregateId B = new("thing", "p1/b");
    private static readonly AggregateId Other = new("thing", "p2/c");

    private readonly RecordingSubscription _subscription = new();
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync() => _delivery = (await DeliveryHarness.CreateAsync()).With(_subscription);

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Deliver_Backlog_ComesInBatchesOfOnePartitionAndProjectInOrder()
    {
        for (var i = 0; i < 100; i++)
            await _delivery.Writer.WriteAsync(1, (i % 3) switch { 0 => A, 1 => B, _ => Other });

        await _delivery.StartAsync();

        await DeliveryHarness.UntilAsync(() => _subscription.Batches.Sum(batch => batch.Seqs.Length) == 100);
        _subscription.SeqsOf("p1").ShouldBe(Enumerable.Range(1, 100).Where(seq => seq % 3 != 0).Select(seq => (long)seq));
        _subscription.SeqsOf("p2").ShouldBe(Enumerable.Range(1, 100).Where(seq => seq % 3 == 0).Select(seq => (long)seq));
        _subscription.Batches.Count.ShouldBeLessThan(100);
    }

    [Fact]
    public async Task Deliver_DeterministicFault_HoldsTheStreamOfThatProjectAndNoOther()
    {
        var broken = true;
        _subscription.Before = events => broken && events.Any(e => e.Position.Seq == 2) ? throw new DeterministicFaultException("bad") : Task.CompletedTask;
        foreach (var id in new[] { A, A, B, Other, A })
            await _delivery.Writer.WriteAsync(1, id);

        await _delivery.StartAsync();

        var letters = _delivery.Get<IDeadLetters>();
        await DeliveryHarness.UntilAsync(async () => (await letters.ListAsync(null, 10, CancellationToken.None)) is [{ Queued: 2 }]);
        await DeliveryHarness.UntilAsync(() => _subscription.SeqsOf("p2").Any());
        _subscription.SeqsOf("p1").ShouldBe([1]);
        _subscription.SeqsOf("p2").ShouldBe([4]);

        broken = false;
        var id2 = (await letters.ListAsync(null, 10, CancellationToken.None)).Single().Id;
        (await letters.RetryAsync(id2, CancellationToken.None)).ShouldBe(new RetryOutcome(RetryStatus.Delivered, 3));
        _subscription.SeqsOf("p1").ShouldBe([1, 2, 3, 5]);
    }

    [Fact]
    public async Task Deliver_Outage_BringsTheSameEventsAgain()
    {
        var failures = 0;
        _subscription.Before = _ => failures++ < 5 ? throw new TimeoutException() : Task.CompletedTask;
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, B, tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(() => _subscription.SeqsOf("p1").Count() == 2);
        _subscription.SeqsOf("p1").ShouldBe([1, 2]);
        (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
    }
}
