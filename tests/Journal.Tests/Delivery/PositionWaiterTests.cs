using AwoooP.Journal.Delivery;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class PositionWaiterTests : IAsyncLifetime
{
    private static readonly AggregateId A = new("thing", "p1/a");

    private readonly NoteProjection _notes = new();
    private readonly TaskCompletionSource _gate = new();
    private DeliveryHarness _delivery = null!;

    private IPositionWaiter Waiter => _delivery.Get<IPositionWaiter>();

    public async Task InitializeAsync()
    {
        _delivery = (await DeliveryHarness.CreateAsync()).With(_notes);
        await _delivery.ExecuteAsync(NoteProjection.TableSql);
        _notes.Before = async (_, _) => await _gate.Task;
        await _delivery.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _gate.TrySetResult();
        await _delivery.DisposeAsync();
    }

    [Fact]
    public async Task Wait_ProjectionHasNotPassed_WaitsUntilItHas()
    {
        var recorded = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        var waiting = Waiter.WaitAsync(recorded.Position, TimeSpan.FromSeconds(20), CancellationToken.None).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        _gate.SetResult();

        (await waiting).ShouldBeTrue();
        (await _delivery.QueryAsync("select body from records.note")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Wait_TimeRunsOut_SaysSo()
    {
        var recorded = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);

        (await Waiter.WaitAsync(recorded.Position, TimeSpan.FromMilliseconds(50), CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task Wait_EventThatNoProjectionWants_ReturnsAtOnce()
    {
        var recorded = await _delivery.Writer.WriteAsync(1, A, type: "unwanted", tell: _delivery.Observer);

        (await Waiter.WaitAsync(recorded.Position, TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task Wait_PartitionDeliveredByAnotherSilo_AsksTheTable()
    {
        var recorded = await _delivery.Writer.WriteAsync(9, A);
        (await Waiter.WaitAsync(recorded.Position, TimeSpan.FromMilliseconds(50), CancellationToken.None)).ShouldBeFalse();
        await _delivery.ExecuteAsync("insert into journal.cursor (consumer, partition, generation, seq) values ('notes', 9, 1, 1)");

        (await Waiter.WaitAsync(recorded.Position, TimeSpan.FromSeconds(20), CancellationToken.None)).ShouldBeTrue();
    }
}
