using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Models;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Grains.Tests.Models;

/// <summary>What a silo does with its calls in flight when a budget is used up, wherever that was decided.</summary>
public sealed class BudgetKillWatchTests : ILiveFeed, IAsyncLifetime
{
    private readonly Channel<LiveItem> _items = Channel.CreateUnbounded<LiveItem>();
    private readonly ModelDesk _desk = new();
    private BudgetKillWatch _watch = null!;
    private int _readers;
    private int _asked;

    public async Task InitializeAsync()
    {
        _desk.Meet = _ =>
        {
            Interlocked.Increment(ref _asked);
            return Task.CompletedTask;
        };
        _watch = new BudgetKillWatch(this, _desk.Calls, _desk.Grains, _desk.Clock, NullLogger<BudgetKillWatch>.Instance);
        await _watch.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _watch.StopAsync(CancellationToken.None);
        _watch.Dispose();
    }

    [Fact]
    public async Task Kill_OfAProject_CancelsItsCallsAndNoOthers()
    {
        using var one = Enter(1, ModelDesk.Project);
        using var two = Enter(2, ModelDesk.Project);
        using var other = Enter(3, "another");

        Tell("budget.killed");

        await StruckAsync(one);
        await StruckAsync(two);
        other.Killed.IsCancellationRequested.ShouldBeFalse();
    }

    [Theory]
    [InlineData("budget.threshold_reached")]
    [InlineData("budget.reopened")]
    public async Task Event_OfAnotherKind_CancelsNothing(string type)
    {
        using var call = Enter(1, ModelDesk.Project);
        using var probe = Enter(2, "probe");

        Tell(type);
        Tell("budget.killed", "probe");

        await StruckAsync(probe);
        call.Killed.IsCancellationRequested.ShouldBeFalse();
    }

    /// <summary>The kill may have been told when nobody listened.</summary>
    [Fact]
    public async Task Call_ThatBeginsTheWatch_IsAskedFor()
    {
        _desk.IsUsedUp = true;

        using var call = Enter(1, ModelDesk.Project);

        await StruckAsync(call);
    }

    [Fact]
    public async Task Feed_IsReadOnlyWhileCallsAreInFlight()
    {
        Volatile.Read(ref _readers).ShouldBe(0);
        using (Enter(1, ModelDesk.Project))
        {
            await ReadersAsync(1);
            using (Enter(2, "another"))
                Volatile.Read(ref _readers).ShouldBe(1);
        }

        await ReadersAsync(0);
        using var again = Enter(3, ModelDesk.Project);
        await ReadersAsync(1);
        Tell("budget.killed");
        await StruckAsync(again);
    }

    [Fact]
    public async Task Gap_WhenTheBudgetIsUsedUpMeanwhile_CancelsTheCallsThatAreInFlight()
    {
        using var call = Enter(1, ModelDesk.Project);
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref _asked) == 1, "the account was asked as the watch began");
        _desk.IsUsedUp = true;
        call.Killed.IsCancellationRequested.ShouldBeFalse();

        _items.Writer.TryWrite(new LiveGap());

        await StruckAsync(call);
    }

    [Fact]
    public async Task Gap_WhileTheAccountIsAway_IsAskedAgainAndHoldsUpNobody()
    {
        var away = true;
        _desk.IsUsedUp = true;
        _desk.Meet = _ => Volatile.Read(ref away) ? throw new CommandUnavailableException("Away.") : Task.CompletedTask;
        using var call = Enter(1, ModelDesk.Project);
        using var probe = Enter(2, "probe");

        _items.Writer.TryWrite(new LiveGap());
        Tell("budget.killed", "probe");
        await StruckAsync(probe);
        call.Killed.IsCancellationRequested.ShouldBeFalse();

        Volatile.Write(ref away, false);
        await Eventually.BecomesTrueAsync(
            () =>
            {
                _desk.Clock.Advance(TimeSpan.FromMilliseconds(200));
                return call.Killed.IsCancellationRequested;
            },
            "the call was cancelled");
    }

    [Fact]
    public async Task Account_ThatStaysAway_IsAskedAgainAfterPausesThatGrowAndDiffer()
    {
        var clock = new HurriedClock(TimeSpan.FromSeconds(1));
        var desk = new ModelDesk { IsUsedUp = true };
        var asked = 0;
        desk.Meet = _ => ++asked < 30 ? throw new CommandUnavailableException("Away.") : Task.CompletedTask;
        using var call = desk.Calls.Enter(ModelDesk.Project, new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        using var watch = new BudgetKillWatch(this, desk.Calls, desk.Grains, clock, NullLogger<BudgetKillWatch>.Instance);

        await watch.StartAsync(CancellationToken.None);
        await StruckAsync(call);
        await watch.StopAsync(CancellationToken.None);

        clock.ShouldHaveBackedOff(TimeSpan.FromMilliseconds(200));
    }

    public async IAsyncEnumerable<LiveItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _readers);
        try
        {
            await foreach (var item in _items.Reader.ReadAllAsync(cancellationToken))
                yield return item;
        }
        finally
        {
            Interlocked.Decrement(ref _readers);
        }
    }

    private CallInFlight Enter(int number, string project) => _desk.Calls.Enter(project, new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

    private void Tell(string type, string project = ModelDesk.Project) => _items.Writer.TryWrite(new LiveEvent(new RecordedEvent
    {
        Position = new Position(1, 3, 7),
        Id = new AggregateId("budget", $"{project}/project"),
        Version = 1,
        Type = type,
        TypeVersion = 1,
        Data = default,
        Actor = "platform",
        At = _desk.Now,
    }));

    private Task ReadersAsync(int count) => Eventually.BecomesTrueAsync(() => Volatile.Read(ref _readers) == count, $"{count} read the feed");

    private static Task StruckAsync(CallInFlight call) => Eventually.BecomesTrueAsync(() => call.Killed.IsCancellationRequested, "the call was cancelled");
}
