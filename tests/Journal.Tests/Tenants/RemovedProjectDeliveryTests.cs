using System.Globalization;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Tests.Delivery;

namespace AwoooP.Journal.Tests.Tenants;

/// <summary>Whatever fails of a project whose rows are being deleted is given up: it holds up nobody's position, and writes nothing of the project.</summary>
public sealed class RemovedProjectDeliveryTests : IAsyncLifetime
{
    private static readonly AggregateId Gone = new("thing", "gone/a");
    private static readonly AggregateId Other = new("thing", "p1/b");

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

    private async Task<long> PositionAsync() =>
        long.Parse((await _delivery.QueryAsync("select coalesce(max(seq), 0)::text from journal.cursor where consumer = 'reaction' and partition = 1")).Single(), CultureInfo.InvariantCulture);
}
