using System.Collections.Concurrent;
using System.Text;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Intake;
using AwoooP.Journal.Intake.Sql;
using AwoooP.Journal.Tests.Delivery;
using Npgsql;

namespace AwoooP.Journal.Tests.Intake;

public sealed class IntakeLogTests : IAsyncLifetime
{
    private IntakeHarness _intake = null!;

    public async Task InitializeAsync() => _intake = await IntakeHarness.CreateAsync();

    public async Task DisposeAsync() => await _intake.DisposeAsync();

    [Fact]
    public async Task Append_Accepted_IsDurableAndConsumed()
    {
        await _intake.StartAsync();

        (await _intake.AppendAsync("one")).ShouldBe(IntakeStatus.Accepted);

        (await _intake.StoredAsync()).ShouldBe(["one"]);
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 1);
        _intake.Consumer.Bodies.ShouldBe(["one"]);
        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
    }

    [Fact]
    public async Task Consume_RightAfterABatch_GathersUntilAFullOneWaits()
    {
        var batches = new ConcurrentQueue<int>();
        _intake.Options = static options => (options.MinRest, options.MaxRest, options.ConsumeItems) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1), 3);
        _intake.Consumer.Before = records =>
        {
            batches.Enqueue(records.Count);
            return Task.CompletedTask;
        };
        await _intake.StartAsync();
        await _intake.AppendAsync("one");
        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);

        foreach (var body in (string[])["two", "three", "four"])
            await _intake.AppendAsync(body);

        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
        batches.ShouldBe([1, 3]);
    }

    [Fact]
    public async Task Append_ManyAtOnce_KeepsTheOrderOfEachKeyAndConsumesAllOnce()
    {
        await _intake.StartAsync();
        var senders = Enumerable.Range(0, 16).Select(async sender =>
        {
            for (var i = 0; i < 100; i++)
                (await _intake.AppendAsync($"{sender}:{i}", orderKey: $"sender-{sender}")).ShouldBe(IntakeStatus.Accepted);
        });
        await Task.WhenAll(senders);

        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count >= 1600);
        _intake.Consumer.Bodies.Count.ShouldBe(1600);
        foreach (var sender in _intake.Consumer.Bodies.GroupBy(body => body.Split(':')[0]))
            sender.ShouldBe(Enumerable.Range(0, 100).Select(i => $"{sender.Key}:{i}"));
        _intake.Consumer.Taken.Select(record => record.Partition).Distinct().Count().ShouldBeGreaterThan(1);
        foreach (var partition in _intake.Consumer.Taken.GroupBy(record => record.Partition))
            partition.Select(record => record.ReceivedAt).ShouldBeInOrder();
    }

    [Fact]
    public async Task Append_ConnectionsKilledUnderLoad_WhatWasAcceptedIsConsumedAndTheRestIsTypedUnavailable()
    {
        await _intake.StartAsync();
        var accepted = new ConcurrentBag<string>();
        var refused = 0;
        var senders = Enumerable.Range(0, 8).Select(async sender =>
        {
            for (var i = 0; i < 100; i++)
            {
                try
                {
                    if (await _intake.AppendAsync($"{sender}:{i}", orderKey: $"s{sender}") == IntakeStatus.Accepted)
                        accepted.Add($"{sender}:{i}");
                }
                catch (JournalUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }).ToList();
        while (!Task.WhenAll(senders).IsCompleted)
        {
            await _intake.BreakConnectionsAsync();
            await Task.WhenAny(Task.WhenAll(senders), Task.Delay(20));
        }

        await Task.WhenAll(senders);
        await DeliveryHarness.UntilAsync(() => accepted.All(_intake.Consumer.Bodies.ToHashSet().Contains));
        (await _intake.StoredAsync()).ToHashSet().IsSupersetOf(accepted).ShouldBeTrue();
        refused.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Append_LagAtItsBound_AnswersOverloadedUntilItIsWorkedOff()
    {
        var gate = new TaskCompletionSource();
        _intake.Consumer.Before = _ => gate.Task;
        _intake.Options = options => options.MaxLagItems = 100;
        await _intake.StartAsync();
        (await _intake.AppendAsync("first", items: 90)).ShouldBe(IntakeStatus.Accepted);

        var refused = await _intake.Log.AppendAsync(IntakeHarness.Entry("second", items: 20), CancellationToken.None);

        refused.Status.ShouldBe(IntakeStatus.Overloaded);
        refused.RetryAfter.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        (await _intake.StoredAsync()).ShouldBe(["first"]);
        gate.SetResult();
        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
        (await _intake.AppendAsync("second", items: 20)).ShouldBe(IntakeStatus.Accepted);
    }

    [Fact]
    public async Task Append_QueueHoldsAsManyBytesAsItMay_AnswersOverloadedUntilTheyAreWritten()
    {
        _intake.Options = static options => options.MaxQueuedBytes = 10;
        await _intake.StartAsync();
        await using var connection = await _intake.Database.Superuser.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(1)", connection))
            await hold.ExecuteNonQueryAsync();
        _intake.Ownership.Fence = static () => "select pg_advisory_xact_lock(1)";
        var writing = _intake.AppendAsync("being written");
        await DeliveryHarness.UntilAsync(async () => await _intake.CountWaitingAsync() == 1);
        var queued = _intake.AppendAsync("ten bytes.");

        (await _intake.AppendAsync("one more")).ShouldBe(IntakeStatus.Overloaded);

        await using (var release = new NpgsqlCommand("select pg_advisory_unlock(1)", connection))
            await release.ExecuteNonQueryAsync();
        (await Task.WhenAll(writing, queued)).ShouldBe([IntakeStatus.Accepted, IntakeStatus.Accepted]);
        (await _intake.AppendAsync("one more")).ShouldBe(IntakeStatus.Accepted);
    }

    [Fact]
    public async Task Read_MoreRecordsThanOneStatementReads_GivesAllUpToTheBoundInOrder()
    {
        await _intake.Database.Superuser.CreateCommand(
            """
            insert into journal.intake (slot, partition, seq, items, received_at, project_id, kind, payload)
            select 0, 1, n, 2, now(), 'p1', 'notes.v1', convert_to('0123456789', 'UTF8') from generate_series(1, 1000) n
            """).ExecuteNonQueryAsync();
        var reader = new ReadIntake(_intake.Database.Engine);

        (await SeqsAsync(maxItems: 100_000, maxBytes: int.MaxValue)).ShouldBe(Enumerable.Range(101, 900).Select(static seq => (long)seq));
        (await SeqsAsync(maxItems: 1_401, maxBytes: int.MaxValue)).ShouldBe(Enumerable.Range(101, 701).Select(static seq => (long)seq));
        (await SeqsAsync(maxItems: 100_000, maxBytes: 3_000)).ShouldBe(Enumerable.Range(101, 300).Select(static seq => (long)seq));

        async Task<IEnumerable<long>> SeqsAsync(int maxItems, int maxBytes) =>
            (await reader.ReadAsync(1, RecordingConsumer.KindName, 100, maxItems, maxBytes, CancellationToken.None)).Select(static record => record.Seq);
    }

    [Fact]
    public async Task Consume_CrashBeforeThePositionIsStored_DeliversAgain()
    {
        _intake.Options = static options => options.CursorInterval = TimeSpan.FromHours(1);
        await _intake.StartAsync();
        await _intake.AppendAsync("one");
        await _intake.AppendAsync("two");
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 2);

        // The process dies: its sessions end and nothing more is stored.
        await using (var forget = _intake.Database.Superuser.CreateCommand("create rule forget as on insert to journal.cursor do instead nothing"))
            await forget.ExecuteNonQueryAsync();
        await _intake.StopAsync();
        await _intake.StartAsync();

        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 4);
        _intake.Consumer.Bodies.ShouldBe(["one", "two", "one", "two"]);
        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
    }

    [Fact]
    public async Task Consume_Restart_GoesOnBehindTheStoredPositionAndNumbersOn()
    {
        await _intake.StartAsync();
        await _intake.AppendAsync("one");
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 1);
        await _intake.StopAsync();

        await _intake.StartAsync();
        await _intake.AppendAsync("two");

        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 2);
        _intake.Consumer.Bodies.ShouldBe(["one", "two"]);
        _intake.Consumer.Taken.Select(record => record.Seq).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Consume_Outage_TriesAgainAndRejectsNothing()
    {
        var failures = 0;
        _intake.Consumer.Before = _ => failures++ < 5 ? throw new JournalUnavailableException("away") : Task.CompletedTask;
        await _intake.StartAsync();

        await _intake.AppendAsync("one");

        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 1);
        (await _intake.QueryAsync("select kind from journal.intake_rejected")).ShouldBeEmpty();
        _intake.Backlog.Retries.ShouldBe(5);
    }

    [Fact]
    public async Task Consume_DeterministicFault_SetsTheRecordAsideWholeAndTakesTheOthers()
    {
        _intake.Consumer.Before = records => records.Any(record => Encoding.UTF8.GetString(record.Payload.Span) == "bad")
            ? throw new DeterministicFaultException("cannot be read")
            : Task.CompletedTask;
        await _intake.StartAsync();

        await Task.WhenAll(_intake.AppendAsync("one"), _intake.AppendAsync("bad"), _intake.AppendAsync("two"));

        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 2);
        _intake.Consumer.Bodies.ShouldBe(["one", "two"], ignoreOrder: true);
        (await _intake.QueryAsync("select convert_from(payload, 'UTF8') || ': ' || reason from journal.intake_rejected")).ShouldBe(["bad: cannot be read"]);
        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
    }

    [Fact]
    public async Task Consume_MoreThanMemoryHolds_ReadsTheRestFromTheTableInOrder()
    {
        var gate = new TaskCompletionSource();
        _intake.Consumer.Before = _ => gate.Task;
        _intake.Options = static options =>
        {
            options.MemoryBytes = 64;
            options.ConsumeItems = 7;
        };
        await _intake.StartAsync();
        for (var i = 0; i < 100; i++)
            await _intake.AppendAsync($"record {i:000}");

        gate.SetResult();

        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count >= 100);
        _intake.Consumer.Bodies.ShouldBe(Enumerable.Range(0, 100).Select(i => $"record {i:000}"));
        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
    }

    [Fact]
    public async Task Append_AfterAFaultOfNoKnownKind_GoesOn()
    {
        _intake.Ownership.Own(1);
        await _intake.StartAsync();
        _intake.Ownership.Fence = static () => throw new InvalidOperationException("a bug");

        await Should.ThrowAsync<JournalUnavailableException>(() => _intake.AppendAsync("one"));

        _intake.Ownership.Fence = static () => "select 1";
        (await _intake.AppendAsync("two")).ShouldBe(IntakeStatus.Accepted);
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 1);
        _intake.Consumer.Bodies.ShouldBe(["two"]);
    }

    /// <summary>As when the cancel ends only a commit's wait for synchronous standbys: here it ends only the fence's wait for a lock.</summary>
    [Fact]
    public async Task Append_CancelledOnAServerThatSaysItHasCommitted_IsNotToldAsDurable()
    {
        await _intake.StartAsync();
        await _intake.ExecuteAsync(
            """
            create function journal.wait_until_cancelled() returns void language plpgsql as
            'begin perform pg_advisory_xact_lock(1); exception when query_canceled then null; end'
            """);
        await using var connection = await _intake.Database.Superuser.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(1)", connection))
            await hold.ExecuteNonQueryAsync();
        _intake.Ownership.Fence = static () => "select journal.wait_until_cancelled()";
        var appending = _intake.AppendAsync("one");
        await DeliveryHarness.UntilAsync(async () => await _intake.CountWaitingAsync() == 1);

        await _intake.StopAsync();

        await Should.ThrowAsync<JournalUnavailableException>(() => appending);
        // It has it, and may take a moment longer than who was told.
        await DeliveryHarness.UntilAsync(async () => await _intake.StoredAsync() is ["one"]);
    }

    [Fact]
    public async Task Truncate_SlotWorkedOff_IsEmptiedAndNumbersGoOn()
    {
        _intake.Options = static options => options.SlotLength = TimeSpan.FromMilliseconds(200);
        await _intake.StartAsync();
        await _intake.AppendAsync("one");

        await DeliveryHarness.UntilAsync(async () => (await _intake.StoredAsync()).Count == 0);

        await _intake.StopAsync();
        await _intake.StartAsync();
        await _intake.AppendAsync("two");
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 2);
        _intake.Consumer.Taken.Select(record => record.Seq).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Truncate_RecordNotWorkedOff_StaysUntilItIs()
    {
        var gate = new TaskCompletionSource();
        _intake.Consumer.Before = _ => gate.Task;
        _intake.Options = static options => options.SlotLength = TimeSpan.FromMilliseconds(50);
        await _intake.StartAsync();
        await _intake.AppendAsync("one");
        var received = DateTimeOffset.Parse((await _intake.QueryAsync("select received_at::text from journal.intake"))[0]);

        await DeliveryHarness.UntilAsync(() => TimeProvider.System.GetUtcNow() - received > TimeSpan.FromMilliseconds(600));
        (await _intake.StoredAsync()).ShouldBe(["one"]);

        gate.SetResult();
        await DeliveryHarness.UntilAsync(async () => (await _intake.StoredAsync()).Count == 0);
    }

    [Fact]
    public async Task Append_UnknownKind_IsRefused()
    {
        await _intake.StartAsync();

        await Should.ThrowAsync<ArgumentException>(
            async () => await _intake.Log.AppendAsync(IntakeHarness.Entry("x") with { Kind = "unknown.v1" }, CancellationToken.None));
    }
}
