using AwoooP.Runtime.Timing;
using AwoooP.Testing;

namespace AwoooP.Runtime.Tests;

public sealed class TimingWheelTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly TimingWheel _wheel;

    public TimingWheelTests() => _wheel = new TimingWheel(_clock);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(30_000)]
    [InlineData(51_200)]
    [InlineData(3_600_000)]
    public void Deadline_Passed_FiresOnceAndNeverEarly(int milliseconds)
    {
        var entry = new Entry();
        var deadline = TimeSpan.FromMilliseconds(milliseconds);
        _wheel.Add(entry, deadline);

        _clock.Advance(deadline - TimeSpan.FromTicks(1));
        entry.Expiries.ShouldBe(0);

        _clock.Advance(TimingWheel.Tick * 2);
        entry.Expiries.ShouldBe(1);

        _clock.Advance(deadline);
        entry.Expiries.ShouldBe(1);
    }

    [Fact]
    public void Deadline_OfADoneEntry_DoesNotFire()
    {
        var entry = new Entry { IsDone = true };
        _wheel.Add(entry, TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(2));

        entry.Expiries.ShouldBe(0);
    }

    [Fact]
    public void TryAdd_AtATickThatTheWheelHasGoneBy_IsRefusedInsteadOfWaitingForARound()
    {
        var dueTick = _wheel.After(TimeSpan.FromSeconds(1));
        var entry = new Entry();

        _clock.Advance(TimeSpan.FromSeconds(2));

        _wheel.TryAdd(entry, dueTick).ShouldBeFalse();
        _wheel.Count.ShouldBe(0);
        _wheel.TryAdd(entry, _wheel.Now + 1).ShouldBeTrue();
        _clock.Advance(TimingWheel.Tick);
        entry.Expiries.ShouldBe(1);
    }

    [Fact]
    public void TryAdd_AtAnyTickOfTheRoundsBefore_IsRefused()
    {
        _clock.Advance(TimingWheel.Tick * 3000);

        for (var tick = 1L; tick <= _wheel.Now; tick++)
            _wheel.TryAdd(new Entry(), tick).ShouldBeFalse();
    }

    [Fact]
    public async Task Deadline_ThatPassesBeforeTheWorkFirstWaits_IsKept()
    {
        var working = Deadline.RunAsync(
            _wheel,
            TimeSpan.FromSeconds(5),
            token =>
            {
                _clock.Advance(TimeSpan.FromSeconds(6));
                return Task.Delay(Timeout.Infinite, token);
            },
            "work");

        // Running out of patience is a TimeoutException, too.
        (await Should.ThrowAsync<TimeoutException>(() => working.WaitAsync(TestSilo.Patience))).Message.ShouldContain("Could not work");
    }

    [Fact]
    public void Entries_ThatAreDone_DoNotPileUp()
    {
        for (var number = 0; number < 100_000; number++)
            _wheel.Add(new Entry { IsDone = true }, TimeSpan.FromSeconds(30));

        _wheel.Count.ShouldBeLessThan(100);
    }

    [Fact]
    public void Entries_ThatMatter_AreAllKeptBesideThoseThatAreDone()
    {
        var entries = Enumerable.Range(0, 1000).Select(static number => new Entry { IsDone = number % 3 == 0 }).ToList();
        entries.ForEach(entry => _wheel.Add(entry, TimeSpan.FromSeconds(30)));

        _clock.Advance(TimeSpan.FromSeconds(31));

        entries.ShouldAllBe(static entry => entry.Expiries == (entry.IsDone ? 0 : 1));
        _wheel.Count.ShouldBe(0);
    }

    public void Dispose() => _wheel.Dispose();

    private sealed class Entry : IWheelEntry
    {
        public bool IsDone { get; init; }

        public int Expiries { get; private set; }

        public void Expire() => Expiries++;
    }
}
