using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Feed;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>What cannot be read or written of one partition, or of one aggregate, keeps no other waiting.</summary>
public sealed class ProjectionOutageTests : IAsyncLifetime
{
    private static readonly AggregateId A = new("thing", "p1/a");
    private static readonly AggregateId B = new("thing", "p2/b");

    private readonly NoteProjection _notes = new();
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync()
    {
        _delivery = (await DeliveryHarness.CreateAsync()).With(_notes);
        await _delivery.ExecuteAsync(NoteProjection.TableSql);
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Apply_OutageOfAllThatWaits_TriesItTogetherAgain()
    {
        var attempts = new List<int>();
        _notes.Before = (events, _) =>
        {
            attempts.Add(events.Count);
            return attempts.Count > 1 ? Task.CompletedTask : throw new TimeoutException();
        };
        await _delivery.Writer.WriteAsync(1, A, data: "\"one\"");
        var last = await _delivery.Writer.WriteAsync(1, B, data: "\"two\"");

        await _delivery.StartAsync();

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        attempts.ShouldBe([2, 2], "an outage says nothing of the events, and each attempt of its own costs round trips");
    }

    [Fact]
    public async Task Apply_RowsOfOnePartitionLocked_WritesTheOthers()
    {
        var locked = true;
        _notes.Before = (events, _) => Volatile.Read(ref locked) && events.Any(recorded => recorded.Position.Partition == 1)
            ? throw new TimeoutException()
            : Task.CompletedTask;
        var waits = await _delivery.Writer.WriteAsync(1, A, data: "\"locked\"");
        var second = await _delivery.Writer.WriteAsync(2, B, data: "\"second\"");
        var third = await _delivery.Writer.WriteAsync(3, B, data: "\"third\"");

        await _delivery.StartAsync();

        (await _delivery.PassedAsync(second)).ShouldBeTrue();
        (await _delivery.PassedAsync(third)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().IsStuck);

        Volatile.Write(ref locked, false);
        (await _delivery.PassedAsync(waits)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 locked", "2.1 second", "3.1 third"]);
        _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().Failures.ShouldBe(0);
    }

    [Fact]
    public async Task Apply_TooManyForTheTimeThatAStatementMayTake_GetsOnWithFewer()
    {
        _notes.Before = (events, _) => events.Count > 3 ? throw new TimeoutException() : Task.CompletedTask;
        RecordedEvent last = null!;
        for (var i = 0; i < 20; i++)
            last = await _delivery.Writer.WriteAsync(1, A, data: $"\"{i}\"");
        var configured = _delivery.Options;
        _delivery.Options = options =>
        {
            configured(options);
            options.ProjectionBatch = 20;
        };

        await _delivery.StartAsync();

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(Enumerable.Range(0, 20).Select(i => $"1.{i + 1} {i}"));
    }

    [Fact]
    public async Task Apply_ManyAggregatesBesideARefusedOne_HoldsThatOneBackOnly()
    {
        RecordedEvent last = null!;
        for (var i = 0; i < 250; i++)
            last = await _delivery.Writer.WriteAsync((short)(1 + (i % 2)), new AggregateId("thing", $"p1/{i}"), data: i == 77 ? "\"bad\"" : "\"good\"");

        await _delivery.StartAsync();

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(async () => (await RowsAsync()).Count == 249);
        (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldHaveSingleItem().Kind.ShouldBe(DeadLetterKind.Fault);
    }

    [Fact]
    public async Task Split_PartitionLostMeanwhile_WritesNothingOfIt()
    {
        var attempts = 0;
        _notes.After = (events, _) =>
        {
            // The second is the first queue of the split.
            if (events.Any(recorded => recorded.Position.Partition == 1) && ++attempts == 2)
            {
                _delivery.Ownership.OwnUntold(2, 3);
                _delivery.Get<EventHub>().Find(1)!.Stop();
            }

            return Task.CompletedTask;
        };
        _notes.Before = (events, _) =>
        {
            if (events.Any(recorded => recorded.Position.Partition == 1) && attempts == 0)
            {
                attempts++;
                throw new DeterministicFaultException("one of them");
            }

            return Task.CompletedTask;
        };
        await _delivery.Writer.WriteAsync(1, A, data: "\"one\"");
        await _delivery.Writer.WriteAsync(1, B, data: "\"two\"");
        var other = await _delivery.Writer.WriteAsync(2, B, data: "\"other\"");

        await _delivery.StartAsync();
        (await _delivery.PassedAsync(other)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(() => attempts >= 2);
        var last = await _delivery.Writer.WriteAsync(2, B, data: "\"last\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["2.1 other", "2.2 last"]);
    }

    [Fact]
    public async Task Take_OnePartitionCannotBeRead_OthersGoOn()
    {
        _delivery.Options = static options => options.FirstBackOff = options.MaxBackOff = options.SweepInterval = TimeSpan.FromHours(1);
        await _delivery.StartAsync();
        (await _delivery.PassedAsync(await _delivery.Writer.WriteAsync(1, A, data: "\"first\"", tell: _delivery.Observer))).ShouldBeTrue();
        await _delivery.ExecuteAsync(
            "create policy unreadable on journal.event as restrictive using (partition <> 1 or 1 / (seq - seq) = 1)");
        await _delivery.Writer.WriteAsync(1, A, data: "\"unread\"");
        _delivery.Observer.OnUncertain(1);
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().Failures > 0);

        var other = await _delivery.Writer.WriteAsync(2, B, data: "\"other\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(other)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 first", "2.1 other"]);
    }

    [Fact]
    public async Task Apply_PositionMissing_GoesOnOnceItIsThereAgain()
    {
        await _delivery.StartAsync();
        (await _delivery.PassedAsync(await _delivery.Writer.WriteAsync(1, A, data: "\"one\"", tell: _delivery.Observer))).ShouldBeTrue();
        await _delivery.ExecuteAsync("create table kept as select * from journal.cursor where partition = 1; delete from journal.cursor where partition = 1");

        var two = await _delivery.Writer.WriteAsync(1, A, data: "\"two\"", tell: _delivery.Observer);
        var other = await _delivery.Writer.WriteAsync(2, B, data: "\"other\"", tell: _delivery.Observer);
        (await _delivery.PassedAsync(other)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().Failures > 0);
        await _delivery.ExecuteAsync("insert into journal.cursor select * from kept");

        (await _delivery.PassedAsync(two)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 one", "1.2 two", "2.1 other"]);
    }

    private Task<List<string>> RowsAsync() =>
        _delivery.QueryAsync("select partition || '.' || seq || ' ' || body from records.note order by partition, seq");
}
