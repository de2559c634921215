using AwoooP.Client.Audit;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Audit;

public sealed class DenialBudgetTests
{
    private static readonly DenialSource Ann = new("shop", "ann");

    private readonly FakeClock _clock = new();
    private readonly DenialBudget _budget;

    public DenialBudgetTests() => _budget = new DenialBudget(_clock);

    [Fact]
    public void TryTake_MoreThanTheBound_CountsTheOthersOnce()
    {
        var first = _clock.GetUtcNow();
        Take(DenialBudget.Told + 5).ShouldBe(DenialBudget.Told);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Take(2).ShouldBe(0);

        _budget.Drain().ShouldBe([(Ann, new DenialCount(7, first, first.AddSeconds(1)))]);
        _budget.Drain().ShouldBeEmpty();
    }

    [Fact]
    public void TryTake_OfOthersAndOfTheNextMinute_HasItsOwnBound()
    {
        Take(DenialBudget.Told + 1);

        _budget.TryTake(Ann with { Actor = "ben" }, _clock.GetUtcNow()).ShouldBeTrue();
        _budget.TryTake(Ann with { Project = "bank" }, _clock.GetUtcNow()).ShouldBeTrue();
        _clock.Advance(DenialBudget.Window);
        Take(DenialBudget.Told + 1).ShouldBe(DenialBudget.Told);
    }

    [Fact]
    public void Drain_AfterAMinuteOfQuiet_ForgetsWhoWasRefused()
    {
        for (var number = 0; number < 10_001; number++)
            _budget.TryTake(new DenialSource("shop", $"a{number}"), _clock.GetUtcNow());
        _budget.Lost.ShouldBe(1);

        _clock.Advance(DenialBudget.Window);
        _budget.Drain().ShouldBeEmpty();
        _budget.TryTake(new DenialSource("shop", "another"), _clock.GetUtcNow()).ShouldBeTrue();
        _budget.Lost.ShouldBe(1);
    }

    [Fact]
    public void Add_WhatCouldNotBeTold_IsCountedWithTheOthers()
    {
        var now = _clock.GetUtcNow();
        _budget.Add(Ann, new DenialCount(3, now.AddSeconds(-9), now.AddSeconds(-5)));
        _budget.Add(Ann, new DenialCount(1, now, now));

        _budget.Drain().ShouldBe([(Ann, new DenialCount(4, now.AddSeconds(-9), now))]);
    }

    private int Take(int times) => Enumerable.Range(0, times).Count(_ => _budget.TryTake(Ann, _clock.GetUtcNow()));
}
