using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Playbooks;
using AwoooP.Projects;

namespace AwoooP.Grains.Tests.Projects;

/// <summary>The numbered places of quotas that are exact.</summary>
public sealed class SeatTests
{
    private static readonly Decision<PlaybookEvent> Activated = new PlaybookApproved("ann");

    [Theory]
    [InlineData(3, new int[0], 0u, 0)]
    [InlineData(3, new int[0], 5u, 2)]
    [InlineData(3, new[] { 0, 2 }, 7u, 1)]
    [InlineData(3, new[] { 2, 1, 0 }, 0u, null)]
    [InlineData(1, new[] { 4 }, 0u, null)]
    [InlineData(2, new[] { 4, 5, 6 }, 0u, null)]
    [InlineData(5, new[] { 7, 8, 9 }, 0u, 0)]
    [InlineData(5, new[] { 7, 8, 9 }, 1u, 1)]
    [InlineData(5, new[] { 7, 8, 9 }, 2u, 0)]
    [InlineData(5, new[] { 3, 7, 8, 9 }, 0u, 0)]
    [InlineData(5, new[] { 0, 3, 7, 8, 9 }, 0u, null)]
    [InlineData(null, new[] { 0, 1, 2 }, 0u, 3)]
    public void Find_OfHeldPlaces_OffersOnlyWhatKeepsTheBound(int? bound, int[] held, uint draw, int? expected)
    {
        var seat = Seat.Find(Quota.ActivePlaybooks, bound, held, draw);

        seat.Number.ShouldBe(expected);
        seat.Held.ShouldBe(held.Length);
    }

    [Fact]
    public void Take_OfAPlace_ClaimsItInTheSameCommit()
    {
        var decision = Seat.Find(Quota.ActivePlaybooks, 3, [0], 1).Take(Activated);

        decision.Events.ShouldBe(Activated.Events);
        decision.Claims.ShouldHaveSingleItem().ShouldBe(new ClaimRequest(new("active_playbooks", "2"), Seat.Taken));
    }

    [Fact]
    public void Take_WhenAllAreTaken_NamesQuotaBoundAndUse()
    {
        var refusal = Seat.Find(Quota.ActivePlaybooks, 2, [0, 1], 0).Take(Activated).Refusal.ShouldNotBeNull();

        (refusal.Kind, refusal.Code).ShouldBe((RefusalKind.QuotaExceeded, "quota_exceeded"));
        refusal.Quota.ShouldBe(new UsedQuota("active_playbooks", 2, 2));
    }

    /// <summary>
    /// Many who look at different moments and take later, in any order, while others give back and the bound has been lowered below what is held:
    /// nobody ever takes a place that leads beyond the bound, and while there is room, a look finds a place.
    /// </summary>
    [Fact]
    public void Places_TakenByWhatWasSeenEarlier_NeverExceedTheBound()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var held = Enumerable.Range(0, random.Next(25)).Select(_ => random.Next(40)).ToHashSet();
            var bound = random.Next(1, 20);
            var looks = new List<Seat>();
            for (var step = 0; step < 300; step++)
            {
                switch (random.Next(3))
                {
                    case 0:
                        looks.Add(Seat.Find(Quota.ActiveRuns, bound, held, (uint)random.Next()));
                        (looks[^1].Number is not null).ShouldBe(held.Count < bound, $"seed {seed}, step {step}");
                        break;
                    case 1 when looks.Count > 0:
                        var look = looks[random.Next(looks.Count)];
                        looks.Remove(look);
                        // The claim of a place that somebody holds fails.
                        if (look.Number is { } number && held.Add(number))
                            held.Count.ShouldBeLessThanOrEqualTo(bound, $"seed {seed}, step {step}");
                        break;
                    case 2 when held.Count > 0:
                        held.Remove(held.ElementAt(random.Next(held.Count)));
                        break;
                }
            }
        }
    }
}
