using System.Globalization;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Tenants;
using AwoooP.Journal.Tests.Delivery;
using Npgsql;

namespace AwoooP.Journal.Tests.Tenants;

/// <summary>Whatever fails of a project whose rows are being deleted is given up: it holds up nobody's position, and writes nothing of the project.</summary>
public sealed class RemovedProjectDeliveryTests : IAsyncLifetime
{
    private static readonly AggregateId Gone = new("thing", "gone/a");
    private static readonly AggregateId Other = new("thing", "p1/b");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly RecordingReaction _reaction = new();
    private DeliveryHarness _delivery = null!;

    public async Task InitializeAsync() => _delivery = (await DeliveryHarness.CreateAsync()).With(_reaction);

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task React_ToAnEventOfARemovedProjectThatFails_GoesOnAndHoldsNothingBack(bool isRefused)
    {
        _reaction.Before = recorded => recorded.Id != Gone
            ? Task.CompletedTask
            : throw (isRefused ? (Exception)new DeterministicFaultException("refused: project_not_found") : new JournalUnavailableException("it is not there"));
        await _delivery.StartAsync();
        await _delivery.ExecuteAsync("insert into journal.removed_project (id, deleting_since) values ('gone', now())");

        await _delivery.Writer.WriteAsync(1, Gone, tell: _delivery.Observer);
        await _delivery.Writer.WriteAsync(1, Gone, tell: _delivery.Observer);
        var last = await _delivery.Writer.WriteAsync(1, Other, tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(async () => await PositionAsync() == last.Position.Seq);
        _reaction.Seen.ShouldBe([last.Position]);
        (await _delivery.QueryAsync("select id::text from journal.dead_letter")).ShouldBeEmpty();
    }

    /// <summary>It may still be given up, and then a person must find what could not be delivered.</summary>
    [Fact]
    public async Task React_ToAnEventOfAProjectThatIsMerelyFenced_HoldsItBack()
    {
        _reaction.Before = recorded => recorded.Id == Gone ? throw new DeterministicFaultException("refused: project_not_found") : Task.CompletedTask;
        await _delivery.StartAsync();
        await _delivery.ExecuteAsync("insert into journal.removed_project (id) values ('gone')");

        await _delivery.Writer.WriteAsync(1, Gone, tell: _delivery.Observer);

        await DeliveryHarness.UntilAsync(async () => (await _delivery.QueryAsync("select kind from journal.dead_letter where project_id = 'gone'")).Count == 1);
    }

    /// <summary>A queue that was refused behind the fence, and one that was held for a reason of its own before: only what the fence has done is undone.</summary>
    [Fact]
    public async Task GivenUp_AfterDeliveriesWereRefused_DeliversThemAgainInOrder()
    {
        var isClosed = true;
        var before = new AggregateId("thing", "gone/before");
        _reaction.Before = recorded => recorded.Id == before || (recorded.Id == Gone && Volatile.Read(ref isClosed))
            ? throw new DeterministicFaultException("refused: project_not_found")
            : Task.CompletedTask;
        await _delivery.StartAsync();
        await _delivery.Writer.WriteAsync(1, before, tell: _delivery.Observer);
        await DeliveryHarness.UntilAsync(async () => await LettersAsync() == 1);

        await using var removal = await TenantRemoval.OpenAsync(_delivery.Database.Owner, "gone", TimeProvider.System, CancellationToken.None);
        await removal.FenceAsync(Limit, CancellationToken.None);
        var first = await _delivery.Writer.WriteAsync(1, Gone, tell: _delivery.Observer);
        var second = await _delivery.Writer.WriteAsync(1, Gone, tell: _delivery.Observer);
        await DeliveryHarness.UntilAsync(async () => await LettersAsync() == 3);
        Volatile.Write(ref isClosed, false);

        (await removal.GiveUpAsync(CancellationToken.None)).ShouldBe(1, "the second queues behind the first, and the one of before is none of its business");

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 2);
        _reaction.Seen.ShouldBe([first.Position, second.Position]);
        await DeliveryHarness.UntilAsync(async () => await LettersAsync() == 1);
        (await _delivery.QueryAsync("select grain_key || ' ' || attempts from journal.dead_letter")).ShouldBe([$"{before.Key} 1"]);
    }

    /// <summary>It was held before the fence, behind another, and was refused behind the fence, where a retry delivered the other.</summary>
    [Fact]
    public async Task GivenUp_AfterARetryOfAnOlderQueueWasRefused_DeliversTheRestOfIt()
    {
        long refused = 1;
        _reaction.Before = recorded => recorded.Position.Seq == Volatile.Read(ref refused)
            ? throw new DeterministicFaultException("refused: project_not_found")
            : Task.CompletedTask;
        await _delivery.StartAsync();
        var first = await _delivery.Writer.WriteAsync(1, Gone, tell: _delivery.Observer);
        var second = await _delivery.Writer.WriteAsync(1, Gone, tell: _delivery.Observer);
        await DeliveryHarness.UntilAsync(async () => await LettersAsync() == 2);
        var letters = _delivery.Get<IDeadLetters>();
        var letter = (await letters.ListAsync("gone", 10, CancellationToken.None)).ShouldHaveSingleItem();

        await using var removal = await TenantRemoval.OpenAsync(_delivery.Database.Owner, "gone", TimeProvider.System, CancellationToken.None);
        await removal.FenceAsync(Limit, CancellationToken.None);
        Volatile.Write(ref refused, 2);
        (await letters.RetryAsync(letter.Id, CancellationToken.None)).Status.ShouldBe(RetryStatus.StillFailing);
        Volatile.Write(ref refused, 0);

        (await removal.GiveUpAsync(CancellationToken.None)).ShouldBe(1);

        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == 2);
        _reaction.Seen.ShouldBe([first.Position, second.Position]);
    }

    /// <summary>It was refused behind the fence, and its row is written while the fence goes.</summary>
    [Fact]
    public async Task GivenUp_WhileALetterIsBeingWritten_AsksForThatOneToo()
    {
        await using var removal = await TenantRemoval.OpenAsync(_delivery.Database.Owner, "gone", TimeProvider.System, CancellationToken.None);
        await removal.FenceAsync(Limit, CancellationToken.None);
        await using var engine = await _delivery.Database.Engine.OpenConnectionAsync();
        await using var writing = await engine.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand(
            """
            insert into journal.dead_letter (project_id, consumer, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type)
            values ('gone', 'reaction', 1, 1, 1, gen_random_uuid(), 'fault', 'thing', 'gone/a', 'thing', 'gone/a', 'noted')
            """, engine))
            await hold.ExecuteNonQueryAsync();

        (await removal.GiveUpAsync(CancellationToken.None)).ShouldBe(0);
        var asking = removal.AskAgainAsync(Limit, CancellationToken.None);
        await writing.CommitAsync();

        (await asking).ShouldBe(1);
        (await _delivery.QueryAsync("select consumer from journal.dead_letter where retry_requested_at is not null")).ShouldBe(["reaction"]);
    }

    /// <summary>Numbers that are missing in the middle and at the end, found by a consumer that starts behind them.</summary>
    [Fact]
    public async Task Start_OnALogWithEventsTakenOut_DeliversTheRestInOrderAndGoesOn()
    {
        var written = new List<RecordedEvent>();
        for (var number = 0; number < 40; number++)
            written.Add(await _delivery.Writer.WriteAsync(1, number % 4 == 0 ? Other : Gone));
        await TakeOutAsync();

        await _delivery.StartAsync();
        var next = await _delivery.Writer.WriteAsync(1, Other, tell: _delivery.Observer);

        Position[] expected = [.. written.Where(static recorded => recorded.Id == Other).Select(static recorded => recorded.Position), next.Position];
        await DeliveryHarness.UntilAsync(() => _reaction.Seen.Count == expected.Length);
        _reaction.Seen.ShouldBe(expected);
        await DeliveryHarness.UntilAsync(async () => await PositionAsync() == next.Position.Seq);
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Consumers.Single().Lag == 0);
    }

    private Task TakeOutAsync() => _delivery.ExecuteAsync(
        "set session_replication_role = replica; delete from journal.event where project_id = 'gone'; reset session_replication_role");

    private async Task<int> LettersAsync() => (await _delivery.QueryAsync("select id::text from journal.dead_letter")).Count;

    private async Task<long> PositionAsync() =>
        long.Parse((await _delivery.QueryAsync("select coalesce(max(seq), 0)::text from journal.cursor where consumer = 'reaction' and partition = 1")).Single(), CultureInfo.InvariantCulture);
}
