using AwoooP.Audit;
using AwoooP.Testing;

namespace AwoooP.Grains.Tests.Audit;

public sealed class DenialBudgetTests
{
    private static readonly DenialSource Ann = new("shop", "ann", "key 1");

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

        _budget.TryTake(Ann with { Actor = "ben", Holder = "key 2" }, _clock.GetUtcNow()).ShouldBeTrue();
        _clock.Advance(DenialBudget.Window);
        Take(DenialBudget.Told + 1).ShouldBe(DenialBudget.Told);
    }

    /// <summary>Or a role for every project would be worth the bound as many times as there are projects.</summary>
    [Fact]
    public void TryTake_OfOneHolderInManyProjects_HasOneBoundAndACountOfEach()
    {
        var now = _clock.GetUtcNow();
        Take(DenialBudget.Told);

        _budget.TryTake(Ann with { Project = "bank" }, now).ShouldBeFalse();
        Take(2).ShouldBe(0);

        _budget.Drain().ShouldBe([(Ann with { Project = "bank" }, new DenialCount(1, now, now)), (Ann, new DenialCount(2, now, now))]);
    }

    /// <summary>People, and agents, of two tenants may have one name.</summary>
    [Fact]
    public void TryTake_OfNamesakes_HasABoundAndACountOfEach()
    {
        var now = _clock.GetUtcNow();
        var namesake = Ann with { Project = "bank", Holder = "key 2" };
        Take(DenialBudget.Told + 1).ShouldBe(DenialBudget.Told);

        for (var number = 0; number < DenialBudget.Told; number++)
            _budget.TryTake(namesake, now).ShouldBeTrue();
        _budget.TryTake(namesake, now).ShouldBeFalse();

        _budget.Drain().ShouldBe([(Ann, new DenialCount(1, now, now)), (namesake, new DenialCount(1, now, now))], ignoreOrder: true);
    }

    /// <summary>Nobody gets off the record because there are many others on it.</summary>
    [Fact]
    public void TryTake_OfMoreHoldersThanAreKept_ForgetsWhoWasRefusedFirst()
    {
        Take(DenialBudget.Told + 3);
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var number = 0; number < DenialBudget.MaxHolders; number++)
            _budget.TryTake(Ann with { Holder = $"key a{number}" }, _clock.GetUtcNow()).ShouldBeTrue();

        _budget.Lost.ShouldBe(3);
        _budget.Drain().ShouldBeEmpty();
    }

    [Fact]
    public void Add_WhatCouldNotBeTold_IsCountedWithTheOthers()
    {
        var now = _clock.GetUtcNow();
        _budget.Add(Ann, new DenialCount(3, now.AddSeconds(-9), now.AddSeconds(-5)));
        _budget.Add(Ann, new DenialCount(1, now, now));

        _budget.Drain().ShouldBe([(Ann, new DenialCount(4, now.AddSeconds(-9), now))]);
    }

    /// <summary>A limit that is exceeded on and on is one row a minute, and takes no more than that of what is told.</summary>
    [Fact]
    public void TryTake_OfWhatIsToldOnce_IsCountedAfterwardsUntilTheNextMinute()
    {
        var now = _clock.GetUtcNow();
        _budget.TryTake(Ann, now, "requests_per_key k1").ShouldBeTrue();
        _budget.TryTake(Ann, now, "requests_per_key k1").ShouldBeFalse();
        _budget.TryTake(Ann, now, "requests_per_key k2").ShouldBeTrue();
        Take(DenialBudget.Told).ShouldBe(DenialBudget.Told - 2);

        _clock.Advance(DenialBudget.Window);
        _budget.TryTake(Ann, _clock.GetUtcNow(), "requests_per_key k1").ShouldBeTrue();
        _budget.Drain().ShouldHaveSingleItem().Count.Count.ShouldBe(3);
    }

    private int Take(int times) => Enumerable.Range(0, times).Count(_ => _budget.TryTake(Ann, _clock.GetUtcNow()));
}
