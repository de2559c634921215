using AwoooP.Journal.Intake;
using AwoooP.Journal.Tests.Delivery;
using Npgsql;

namespace AwoooP.Journal.Tests.Intake;

/// <summary>Partitions come and go while requests are appended and consumed.</summary>
public sealed class IntakeOwnershipTests : IAsyncLifetime
{
    private IntakeHarness _intake = null!;

    public async Task InitializeAsync() => _intake = await IntakeHarness.CreateAsync();

    public async Task DisposeAsync() => await _intake.DisposeAsync();

    [Fact]
    public async Task Append_NoPartitionOwned_IsTypedUnavailable()
    {
        _intake.Ownership.Own();
        await _intake.StartAsync();

        await Should.ThrowAsync<JournalUnavailableException>(() => _intake.AppendAsync("one"));
    }

    [Fact]
    public async Task Append_PartitionTakenByAnotherSilo_WritesNothing()
    {
        await _intake.StartAsync();
        await using (var take = _intake.Database.Superuser.CreateCommand("update journal.partition set epoch = epoch + 1"))
            await take.ExecuteNonQueryAsync();

        await Should.ThrowAsync<JournalUnavailableException>(() => _intake.AppendAsync("one"));

        (await _intake.StoredAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Append_InFlightWhileThePartitionIsTakenAnew_IsConsumedAndItsNumberIsUsedOnce()
    {
        await _intake.StartAsync();
        await using var connection = await _intake.Database.Superuser.OpenConnectionAsync();
        await using var holding = await connection.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table journal.intake_0, journal.intake_1, journal.intake_2, journal.intake_3 in share mode", connection))
            await hold.ExecuteNonQueryAsync();
        var inFlight = _intake.AppendAsync("one");
        await DeliveryHarness.UntilAsync(async () => await _intake.CountWaitingAsync() == 1);

        // The lease lapsed for a moment, and nobody else took over.
        _intake.Ownership.Own();
        _intake.Ownership.Own(1, 2, 3, 4);
        await DeliveryHarness.UntilAsync(async () => _intake.HasTaken || await _intake.CountWaitingAsync() == 2);
        await holding.RollbackAsync();

        (await inFlight).ShouldBe(IntakeStatus.Accepted);
        await _intake.UntilTakenAsync();
        (await _intake.AppendAsync("two")).ShouldBe(IntakeStatus.Accepted);
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 2);
        _intake.Consumer.Bodies.ShouldBe(["one", "two"]);
        _intake.Consumer.Taken.Select(record => record.Seq).ShouldBe([1, 2]);
        await DeliveryHarness.UntilAsync(() => _intake.Backlog.LagItems == 0);
    }

    [Fact]
    public async Task Append_WhileOwnershipGrows_KeepsTheOrderOfEachPartition()
    {
        const int Later = 8;
        _intake.Ownership.Own(3);
        await _intake.StartAsync();
        await using var connection = await _intake.Database.Superuser.OpenConnectionAsync();
        await using (var hold = new NpgsqlCommand("select pg_advisory_lock(1)", connection))
            await hold.ExecuteNonQueryAsync();
        _intake.Ownership.Fence = static () => "select pg_advisory_xact_lock(1)";
        var first = _intake.AppendAsync("first");
        await DeliveryHarness.UntilAsync(async () => await _intake.CountWaitingAsync() == 1);
        _intake.Ownership.Fence = static () => "select 1";

        _intake.Ownership.Own(2, 3);
        await _intake.UntilTakenAsync();
        var later = Enumerable.Range(0, Later).Select(key => _intake.AppendAsync("later", orderKey: $"key {key}")).ToList();
        await DeliveryHarness.UntilAsync(() => later.Count(append => append.IsCompleted) + _intake.Backlog.QueuedRequests == Later);
        await using (var release = new NpgsqlCommand("select pg_advisory_unlock(1)", connection))
            await release.ExecuteNonQueryAsync();

        await Task.WhenAll([first, .. later]);
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == Later + 1);
        var ofThree = _intake.Consumer.Taken.Where(record => record.Partition == 3).ToList();
        ofThree.Count.ShouldBeGreaterThan(1);
        ofThree[0].Body.ShouldBe("first");
        ofThree.Select(record => record.Seq).ShouldBe(Enumerable.Range(1, ofThree.Count).Select(static seq => (long)seq));
    }

    [Fact]
    public async Task Append_EpochRaisedByNobodyElse_TakesThePartitionAnewAndGoesOn()
    {
        await _intake.StartAsync();
        await using (var take = _intake.Database.Superuser.CreateCommand("update journal.partition set epoch = epoch + 1"))
            await take.ExecuteNonQueryAsync();
        await Should.ThrowAsync<JournalUnavailableException>(() => _intake.AppendAsync("one"));

        await _intake.UntilTakenAsync();

        (await _intake.AppendAsync("two")).ShouldBe(IntakeStatus.Accepted);
        await DeliveryHarness.UntilAsync(() => _intake.Consumer.Bodies.Count == 1);
    }
}
