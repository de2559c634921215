using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Feed;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class ProjectionPumpTests : IAsyncLifetime
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
    public async Task Start_LogWrittenBefore_AppliesItFromTheTable()
    {
        await _delivery.Writer.WriteAsync(1, A, data: "\"one\"");
        var last = await _delivery.Writer.WriteAsync(2, B, data: "\"two\"");

        await _delivery.StartAsync();

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(async () => (await RowsAsync()).Count == 2);
        (await RowsAsync()).ShouldBe(["1.1 one", "2.1 two"]);
    }

    [Fact]
    public async Task Committed_EventsToldAfterCommit_AppliesEachOnceInOrder()
    {
        await _delivery.StartAsync();
        RecordedEvent last = null!;
        for (var i = 0; i < 200; i++)
            last = await _delivery.Writer.WriteAsync((short)(1 + (i % 2)), i % 2 == 0 ? A : B, data: $"\"{i}\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        await DeliveryHarness.UntilAsync(async () => (await RowsAsync()).Count >= 200);
        (await RowsAsync()).ShouldBe(Enumerable.Range(0, 200).OrderBy(i => i % 2).Select(i => $"{1 + (i % 2)}.{1 + (i / 2)} {i}"));
    }

    [Fact]
    public async Task Apply_SessionDiesBetweenRowsAndCursor_AppliesOnce()
    {
        var killed = 0;
        _notes.After = async (_, connection) =>
        {
            if (killed++ > 2)
                return;
            await using var kill = _delivery.Database.Superuser.CreateCommand($"select pg_terminate_backend({connection.ProcessID})");
            await kill.ExecuteNonQueryAsync();
        };
        await _delivery.StartAsync();

        var recorded = await _delivery.Writer.WriteAsync(1, A, data: "\"one\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(recorded)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 one"]);
        killed.ShouldBeGreaterThan(2);
        (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_AnotherMovedTheCursorMeanwhile_RollsBackAndGoesOnFromTheTable()
    {
        _notes.After = async (_, _) =>
        {
            _notes.After = static (_, _) => Task.CompletedTask;
            await _delivery.ExecuteAsync(
                "insert into records.note values ('p1', 1, 1, 'p1/a', 1, 'by another'); update journal.cursor set seq = 1 where consumer = 'notes' and partition = 1");
        };
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, data: "\"one\"", tell: _delivery.Observer);
        var last = await _delivery.Writer.WriteAsync(1, A, data: "\"two\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 by another", "1.2 two"]);
    }

    [Fact]
    public async Task Flush_AnotherMovedTheCursorPastAnOpenEvent_DoesNotApplyItAgain()
    {
        var configured = _delivery.Options;
        _delivery.Options = options =>
        {
            configured(options);
            options.CursorInterval = options.SweepInterval = TimeSpan.FromHours(1);
        };
        await _delivery.StartAsync();
        (await _delivery.PassedAsync(await _delivery.Writer.WriteAsync(1, A, data: "\"first\"", tell: _delivery.Observer))).ShouldBeTrue();
        await _delivery.Writer.WriteAsync(1, A, type: "of no concern", tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, A, type: "of no concern", tell: _delivery.Observer);
        var open = await _delivery.Writer.WriteAsync(1, A, data: "\"open\"");
        await _delivery.ExecuteAsync(
            "insert into records.note values ('p1', 1, 4, 'p1/a', 4, 'by another'); update journal.cursor set seq = 4 where consumer = 'notes' and partition = 1");

        await _delivery.Get<ConsumerSet>().Projections[0].FlushAsync([.. _delivery.Get<EventHub>().Feeds], 1, CancellationToken.None);
        _delivery.Observer.OnCommitted([open]);
        var last = await _delivery.Writer.WriteAsync(1, A, data: "\"last\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 first", "1.4 by another", "1.5 last"]);
    }

    [Fact]
    public async Task Apply_DataRefusedByTheDatabase_DeadLettersItAndQueuesItsAggregateOnly()
    {
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, data: "\"good\"", tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, A, data: "\"bad\"", tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, A, data: "\"after\"", tell: _delivery.Observer);
        var last = await _delivery.Writer.WriteAsync(1, B, data: "\"other\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 good", "1.4 other"]);
        var letter = (await _delivery.Get<IDeadLetters>().ListAsync("p1", 10, CancellationToken.None)).ShouldHaveSingleItem();
        letter.Kind.ShouldBe(DeadLetterKind.Fault);
        letter.Position.ShouldBe(new Position(1, 1, 2));
        letter.Queued.ShouldBe(1);
        letter.Reason.ShouldBe("postgres 23514 ck_note_body");
        (await _delivery.Get<IDeadLetters>().FindAsync("p1", letter.Id, CancellationToken.None)).ShouldBe(letter);
        (await _delivery.Get<IDeadLetters>().FindAsync("p2", letter.Id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task Retry_CauseCured_AppliesTheQueueInOrder()
    {
        await Apply_DataRefusedByTheDatabase_DeadLettersItAndQueuesItsAggregateOnly();
        var letters = _delivery.Get<IDeadLetters>();
        var id = (await letters.ListAsync(null, 10, CancellationToken.None)).Single().Id;

        (await letters.RetryAsync(id, CancellationToken.None)).Status.ShouldBe(RetryStatus.StillFailing);
        await _delivery.ExecuteAsync("alter table records.note drop constraint ck_note_body");
        (await letters.RetryAsync(id, CancellationToken.None)).ShouldBe(new RetryOutcome(RetryStatus.Delivered, 2));

        var last = await _delivery.Writer.WriteAsync(1, A, data: "\"later\"", tell: _delivery.Observer);
        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync("p1/a", "ctid")).ShouldBe(["1.1 good", "1.2 bad", "1.3 after", "1.5 later"]);
        (await letters.ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_DataRefusedInAChain_HoldsBackItsProjectInThatPartitionAndKeepsTheOrder()
    {
        _notes.IsChained = true;
        var c = new AggregateId("thing", "p1/c");
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, data: "\"good\"", tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, A, data: "\"bad\"", tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, c, data: "\"behind\"", tell: _delivery.Observer);
        var elsewhere = await _delivery.Writer.WriteAsync(2, c, data: "\"elsewhere\"", tell: _delivery.Observer);
        var last = await _delivery.Writer.WriteAsync(1, B, data: "\"other\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await _delivery.PassedAsync(elsewhere)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 good", "1.4 other", "2.1 elsewhere"]);
        var letters = _delivery.Get<IDeadLetters>();
        var letter = (await letters.ListAsync("p1", 10, CancellationToken.None)).ShouldHaveSingleItem();
        letter.Queued.ShouldBe(1);

        await _delivery.ExecuteAsync("alter table records.note drop constraint ck_note_body");
        (await letters.RetryAsync(letter.Id, CancellationToken.None)).ShouldBe(new RetryOutcome(RetryStatus.Delivered, 2));
        (await _delivery.QueryAsync("select seq || ' ' || body from records.note where partition = 1 and project_id = 'p1' order by ctid")).ShouldBe(["1 good", "2 bad", "3 behind"]);
    }

    [Fact]
    public async Task Discard_DeadLetter_AppliesWhatQueuedBehindIt()
    {
        await Apply_DataRefusedByTheDatabase_DeadLettersItAndQueuesItsAggregateOnly();
        var letters = _delivery.Get<IDeadLetters>();
        var id = (await letters.ListAsync(null, 10, CancellationToken.None)).Single().Id;

        (await letters.DiscardAsync(id, CancellationToken.None)).Status.ShouldBe(RetryStatus.Delivered);

        (await RowsAsync("p1/a", "ctid")).ShouldBe(["1.1 good", "1.3 after"]);
    }

    [Fact]
    public async Task Apply_ParentNotThereYet_WaitsForItAndThenKeepsTheOrder()
    {
        var parentIsThere = false;
        _notes.Before = (events, _) => parentIsThere || events.All(e => e.Id != A)
            ? Task.CompletedTask
            : throw new ParentMissingException("parent");
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, data: "\"child\"", tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, A, data: "\"again\"", tell: _delivery.Observer);
        var other = await _delivery.Writer.WriteAsync(1, B, data: "\"other\"", tell: _delivery.Observer);
        (await _delivery.PassedAsync(other)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.3 other"]);

        parentIsThere = true;

        await DeliveryHarness.UntilAsync(async () => (await RowsAsync()).Count == 3);
        (await RowsAsync("p1/a", "ctid")).ShouldBe(["1.1 child", "1.2 again"]);
    }

    [Fact]
    public async Task Apply_UnknownFault_RetriesForEverAndNeverDeadLetters()
    {
        var attempts = 0;
        _notes.Before = (_, _) => attempts++ < 15 ? throw new InvalidOperationException("who knows") : Task.CompletedTask;
        await _delivery.StartAsync();
        var recorded = await _delivery.Writer.WriteAsync(1, A, data: "\"one\"", tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(() => attempts > 15 || _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().IsStuck);
        (await _delivery.PassedAsync(recorded)).ShouldBeTrue();

        (await RowsAsync()).ShouldBe(["1.1 one"]);
        (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).ShouldBeEmpty();
        _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().IsStuck.ShouldBeFalse();
    }

    [Fact]
    public async Task Restart_WhileEventsAreHeld_KeepsThemHeld()
    {
        await Apply_DataRefusedByTheDatabase_DeadLettersItAndQueuesItsAggregateOnly();
        await _delivery.RestartAsync();

        var last = await _delivery.Writer.WriteAsync(1, A, data: "\"later\"", tell: _delivery.Observer);

        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync("p1/a", "ctid")).ShouldBe(["1.1 good"]);
        (await _delivery.Get<IDeadLetters>().ListAsync(null, 10, CancellationToken.None)).Single().Queued.ShouldBe(2);
    }

    [Fact]
    public async Task Uncertain_EventDurableButNeverTold_IsFoundInTheTable()
    {
        await _delivery.StartAsync();
        var first = await _delivery.Writer.WriteAsync(1, A, data: "\"told\"", tell: _delivery.Observer);
        (await _delivery.PassedAsync(first)).ShouldBeTrue();

        var untold = await _delivery.Writer.WriteAsync(1, A, data: "\"untold\"");
        _delivery.Observer.OnUncertain(1);

        (await _delivery.PassedAsync(untold)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 told", "1.2 untold"]);
    }

    [Fact]
    public async Task Ownership_LostAndTakenAgain_ContinuesFromTheStoredPosition()
    {
        await _delivery.StartAsync();
        var first = await _delivery.Writer.WriteAsync(1, A, data: "\"one\"", tell: _delivery.Observer);
        (await _delivery.PassedAsync(first)).ShouldBeTrue();

        _delivery.Ownership.Own();
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Partitions == 0);
        await _delivery.Writer.WriteAsync(1, A, data: "\"elsewhere\"", tell: _delivery.Observer);
        (await RowsAsync()).ShouldBe(["1.1 one"]);

        _delivery.Ownership.Own(1);
        var last = await _delivery.Writer.WriteAsync(1, A, data: "\"three\"", tell: _delivery.Observer);
        (await _delivery.PassedAsync(last)).ShouldBeTrue();
        (await RowsAsync()).ShouldBe(["1.1 one", "1.2 elsewhere", "1.3 three"]);
    }

    [Fact]
    public async Task Waiting_OneQueueAlwaysThrows_OthersGetTheirTurn()
    {
        var parentsAreThere = false;
        _notes.Before = (events, _) => (Volatile.Read(ref parentsAreThere), events.Any(recorded => recorded.Id == A)) switch
        {
            (false, _) => throw new ParentMissingException("parent"),
            (true, true) => throw new InvalidOperationException("who knows"),
            _ => Task.CompletedTask,
        };
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, A, data: "\"throws\"", tell: _delivery.Observer);
        var last = await _delivery.Writer.WriteAsync(1, B, data: "\"waits\"", tell: _delivery.Observer);
        (await _delivery.PassedAsync(last)).ShouldBeTrue();

        Volatile.Write(ref parentsAreThere, true);

        await DeliveryHarness.UntilAsync(async () => (await RowsAsync()).Count == 1);
        (await RowsAsync()).ShouldBe(["1.2 waits"]);
    }

    [Fact]
    public async Task Waiting_PartitionTaken_IsTriedWithoutASweep()
    {
        var configured = _delivery.Options;
        _delivery.Options = options =>
        {
            configured(options);
            options.SweepInterval = TimeSpan.FromHours(1);
        };
        var parentIsThere = false;
        _notes.Before = (_, _) => Volatile.Read(ref parentIsThere) ? Task.CompletedTask : throw new ParentMissingException("parent");
        await _delivery.StartAsync();
        (await _delivery.PassedAsync(await _delivery.Writer.WriteAsync(1, A, data: "\"child\"", tell: _delivery.Observer))).ShouldBeTrue();
        _delivery.Ownership.Own();
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Partitions == 0);
        Volatile.Write(ref parentIsThere, true);

        _delivery.Ownership.Own(1);

        await DeliveryHarness.UntilAsync(async () => (await RowsAsync()).Count == 1);
    }

    private Task<List<string>> RowsAsync(string? key = null, string order = "partition, seq") =>
        _delivery.QueryAsync($"select partition || '.' || seq || ' ' || body from records.note where {(key is null ? "true" : $"grain_key = '{key}'")} order by {order}");
}
