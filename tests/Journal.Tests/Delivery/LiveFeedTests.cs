using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Live;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class LiveFeedTests : IAsyncLifetime
{
    private static readonly AggregateId A = new("thing", "p1/a");

    private TimeSpan _tailInterval = TimeSpan.FromHours(1);
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync()
    {
        _delivery = await DeliveryHarness.CreateAsync();
        var defaults = _delivery.Options;
        _delivery.Options = options =>
        {
            defaults(options);
            options.LiveBuffer = 4;
            options.TailInterval = _tailInterval;
        };
        await _delivery.StartAsync();
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Read_EventsTold_ComeInOrder()
    {
        await using var reader = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();
        for (var i = 0; i < 3; i++)
            await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);

        for (var seq = 1; seq <= 3; seq++)
        {
            (await reader.MoveNextAsync()).ShouldBeTrue();
            reader.Current.ShouldBeOfType<LiveEvent>().Event.Position.Seq.ShouldBe(seq);
        }
    }

    [Fact]
    public async Task Read_TooSlow_GetsOneGapAndThenWhatFollows()
    {
        await using var reader = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();
        for (var i = 0; i < 5; i++)
            await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveGap>();

        var next = await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);

        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveEvent>().Event.Position.ShouldBe(next.Position);
    }

    [Fact]
    public async Task Read_OneReaderIsSlow_TheOtherMissesNothing()
    {
        await using var slow = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();
        await using var quick = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();

        for (var seq = 1; seq <= 20; seq++)
        {
            await _delivery.Writer.WriteAsync(1, A, tell: _delivery.Observer);
            (await quick.MoveNextAsync()).ShouldBeTrue();
            quick.Current.ShouldBeOfType<LiveEvent>().Event.Position.Seq.ShouldBe(seq);
        }
    }

    [Fact]
    public async Task Uncertain_EventDurableButNeverTold_LeavesAGap()
    {
        await using var reader = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();
        await _delivery.Writer.WriteAsync(1, A);

        _delivery.Observer.OnUncertain(1);

        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveGap>();
    }

    [Fact]
    public async Task Read_PartitionDeliveredByAnotherProcess_FollowsTheTableBehindAGap()
    {
        _tailInterval = TimeSpan.FromMilliseconds(20);
        await _delivery.RestartAsync();
        await _delivery.Writer.WriteAsync(9, A);
        await using var reader = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();
        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveGap>();

        var next = await _delivery.Writer.WriteAsync(9, A);

        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveEvent>().Event.Position.ShouldBe(next.Position);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_PartitionThatComesToThisProcess_GetsAGapForWhatNoLookHasSeen(bool withAllOthers)
    {
        await using var reader = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();
        await _delivery.Get<LiveTail>().LookAsync(DeliveryHarness.Limit);
        (await reader.MoveNextAsync()).ShouldBeTrue();
        await _delivery.Writer.WriteAsync(9, A);

        _delivery.Ownership.Own(withAllOthers ? PartitionMap.All : [1, 2, 3, 9]);
        await _delivery.Get<LiveTail>().LookAsync(DeliveryHarness.Limit);

        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveGap>();
    }

    [Fact]
    public async Task Read_PartitionThatLeavesInALookThatFails_GetsAGap()
    {
        await using var reader = _delivery.Get<ILiveFeed>().ReadAsync(DeliveryHarness.Limit).GetAsyncEnumerator();
        await _delivery.Get<LiveTail>().LookAsync(DeliveryHarness.Limit);
        (await reader.MoveNextAsync()).ShouldBeTrue();
        await _delivery.Writer.WriteAsync(200, A);
        // The ends of partitions can be read, their events cannot.
        await _delivery.ExecuteAsync("revoke select on journal.event from awooop_engine; grant select (partition, seq) on journal.event to awooop_engine");

        _delivery.Ownership.Own(2, 3);
        await Should.ThrowAsync<PostgresException>(() => _delivery.Get<LiveTail>().LookAsync(DeliveryHarness.Limit));

        (await reader.MoveNextAsync()).ShouldBeTrue();
        reader.Current.ShouldBeOfType<LiveGap>();
    }
}
