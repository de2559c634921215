using System.Globalization;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Feed;
using AwoooP.Journal.Delivery.Live;
using AwoooP.Journal.Delivery.Wakes;
using AwoooP.Journal.Storage;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Tests.Delivery;

public sealed class WakePumpTests : IAsyncLifetime
{
    private readonly RecordingWakeTarget _target = new();
    private readonly FakeClock _clock = new();
    private DeliveryHarness _delivery = null!;

    private DateTimeOffset Now => _clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        _delivery = (await DeliveryHarness.CreateAsync()).With(_target);
        _delivery.Time = _clock;
        _delivery.Options = static options =>
        {
            options.FirstBackOff = TimeSpan.FromMilliseconds(50);
            options.MaxBackOff = TimeSpan.FromSeconds(2);
        };
    }

    public async Task DisposeAsync() => await _delivery.DisposeAsync();

    [Fact]
    public async Task Fire_DueOne_IsFiredAtItsTimeAndClearedByItsCommit()
    {
        _target.Handle = (_, _, _) => _delivery.ExecuteAsync("delete from journal.wake");
        var due = Now.AddMinutes(5);
        await SetAsync("a", due);
        await _delivery.StartAsync();
        await AdvanceUntilAsync(() => Now >= due.AddSeconds(-2), TimeSpan.FromSeconds(1));
        _target.Fired.ShouldBeEmpty();

        await AdvanceUntilAsync(() => _target.Fired.Count > 0, TimeSpan.FromSeconds(1));
        await DeliveryHarness.UntilAsync(async () => (await WakesAsync()).Count == 0);
        await AdvanceUntilAsync(() => Now > due.AddMinutes(2), TimeSpan.FromSeconds(5));

        _target.Fired.ShouldBe([("p1/a", "tick", due)]);
    }

    [Fact]
    public async Task Fire_CommitSetsAnEarlierOne_IsFiredWithoutWaitingForTheSweep()
    {
        _target.Handle = (_, _, _) => _delivery.ExecuteAsync("delete from journal.wake");
        await _delivery.StartAsync();
        var due = Now.AddSeconds(-1);
        await SetAsync("a", due);

        _delivery.Observer.OnWakeSet(1, due);

        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 1);
    }

    [Fact]
    public async Task Fire_HandlerFails_FiresAgainWithTheSameTime()
    {
        var failures = 0;
        _target.Handle = (_, _, _) => failures++ < 3 ? throw new JournalUnavailableException("away") : _delivery.ExecuteAsync("delete from journal.wake");
        var due = Now;
        await SetAsync("a", due);
        await _delivery.StartAsync();

        await AdvanceUntilAsync(() => _target.Fired.Count == 4, TimeSpan.FromMilliseconds(100));

        _target.Fired.ShouldAllBe(fired => fired.DueAt == due);
        await DeliveryHarness.UntilAsync(async () => (await WakesAsync()).Count == 0);
    }

    [Fact]
    public async Task Fire_PeriodsWereMissed_FiresOnceAndGoesOnInStep()
    {
        var due = Now.AddMinutes(-10.5);
        await SetAsync("a", due, period: "1 minute");
        await _delivery.StartAsync();

        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 1);
        await DeliveryHarness.UntilAsync(async () => (await WakesAsync()).SequenceEqual([due.AddMinutes(11)]));
        await AdvanceUntilAsync(() => _target.Fired.Count == 2, TimeSpan.FromSeconds(1));

        _target.Fired.Select(fired => fired.DueAt).ShouldBe([due, due.AddMinutes(11)]);
    }

    [Fact]
    public async Task Fire_CommitMovedThePeriodicOne_IsNotMovedAgain()
    {
        var own = Now.AddHours(1);
        _target.Handle = (_, _, _) => _delivery.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"update journal.wake set due_at = '{own:O}'"));
        await SetAsync("a", Now, period: "1 minute");
        await _delivery.StartAsync();
        await DeliveryHarness.UntilAsync(async () => (await WakesAsync()).SequenceEqual([own]));

        await AdvanceUntilAsync(() => Now > own.AddMinutes(-5), TimeSpan.FromSeconds(30));

        _target.Fired.Count.ShouldBe(1);
        (await WakesAsync()).ShouldBe([own]);
    }

    [Fact]
    public async Task Fire_NobodyClearsIt_FiresAgainWithBackOffAndDoesNotSpin()
    {
        await SetAsync("a", Now);
        await _delivery.StartAsync();
        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 1);

        await AdvanceUntilAsync(() => _target.Fired.Count == 3, TimeSpan.FromMilliseconds(200));

        _target.Fired.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Fire_CrashDuringTheCall_FiresAgainAfterTheRestart()
    {
        var started = new TaskCompletionSource();
        _target.Handle = (_, _, _) =>
        {
            started.TrySetResult();
            return new TaskCompletionSource().Task;
        };
        await SetAsync("a", Now);
        await _delivery.StartAsync();
        await started.Task.WaitAsync(DeliveryHarness.Limit);

        _target.Handle = (_, _, _) => _delivery.ExecuteAsync("delete from journal.wake");
        await _delivery.RestartAsync();

        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 2);
    }

    [Fact]
    public async Task Fire_PartitionOfAnotherSilo_IsLeftAlone()
    {
        _target.Handle = (id, _, _) => _delivery.ExecuteAsync($"delete from journal.wake where grain_key = '{id.Key}'");
        await SetAsync("theirs", Now, partition: 9);
        await SetAsync("ours", Now);
        await _delivery.StartAsync();
        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 1);
        _target.Fired.Single().Key.ShouldBe("p1/ours");

        _delivery.Ownership.Own(9);

        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 2);
    }

    [Fact]
    public async Task Fire_PartitionTakenWhileThePumpLooks_IsFiredWithoutWaitingForTheSweep()
    {
        await SetAsync("a", Now);
        var ownership = new FakeOwnership();
        ownership.AfterRead = () =>
        {
            ownership.AfterRead = static () => { };
            ownership.Own(1);
        };
        var options = new DeliveryOptions();
        using var pump = new WakePump(
            _target, ownership, new FakeDurableClock(_clock), new EventHub(new LiveFeed(Options.Create(options))),
            new JournalConnections(_delivery.Database.Engine, _delivery.Database.App), options, _clock, NullLogger<WakePump>.Instance);
        using var stopping = new CancellationTokenSource();

        var running = pump.RunAsync(stopping.Token);

        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 1);
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Fire_LeaseRenewedAfterItHadLapsed_IsFiredWithoutWaitingForTheSweep()
    {
        var options = _delivery.Options;
        _delivery.Options = given =>
        {
            options(given);
            given.SweepInterval = TimeSpan.FromDays(1);
        };
        await SetAsync("a", Now);
        _delivery.Ownership.Own();
        await _delivery.StartAsync();
        await DeliveryHarness.UntilAsync(() => _delivery.Get<IDeliveryStatus>().Read().Wakes.NextDueAt is { } next && next < Now.AddSeconds(2));

        _delivery.Ownership.OwnUntold(1);

        await AdvanceUntilAsync(() => _target.Fired.Count == 1, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Fire_SetByACommitWhoseAnswerWasLost_IsFiredWithoutWaitingForTheSweep()
    {
        _target.Handle = (_, _, _) => _delivery.ExecuteAsync("delete from journal.wake");
        await _delivery.StartAsync();
        await SetAsync("first", Now);
        _delivery.Observer.OnWakeSet(1, Now);
        await DeliveryHarness.UntilAsync(async () => _target.Fired.Count == 1 && (await WakesAsync()).Count == 0);
        await SetAsync("untold", Now);

        _delivery.Observer.OnUncertain(1);

        await DeliveryHarness.UntilAsync(() => _target.Fired.Count == 2);
    }

    private async Task AdvanceUntilAsync(Func<bool> condition, TimeSpan step) => await DeliveryHarness.UntilAsync(() =>
    {
        if (condition())
            return true;
        _clock.Advance(step);
        return false;
    });

    private Task SetAsync(string key, DateTimeOffset due, string? period = null, short partition = 1) => _delivery.ExecuteAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"insert into journal.wake values ('p1', 'thing', 'p1/{key}', 'tick', {partition}, '{due:O}', {(period is null ? "null" : $"'{period}'")})"));

    private async Task<List<DateTimeOffset>> WakesAsync() =>
        [.. (await _delivery.QueryAsync("""select to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from journal.wake"""))
            .Select(text => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture))];
}
