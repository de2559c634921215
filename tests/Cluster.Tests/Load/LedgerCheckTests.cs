using AwoooP.Bench.Load;

namespace AwoooP.Cluster.Tests.Load;

public sealed class LedgerCheckTests
{
    private static readonly Write[] Written = [new("a", 1), new("a", 2), new("b", 1)];
    private static readonly ToldWrite[] Told = [Line("a", 1), Line("b", 1), Line("a", 2)];

    [Fact]
    public void Check_EachWriteToldOnceInOrder_IsWhole()
    {
        var verdict = Check(Written, [], Told);

        verdict.Acknowledged.ShouldBe(3);
        verdict.IsWhole.ShouldBeTrue();
    }

    [Fact]
    public void Check_NothingAcknowledged_ProvesNothing() => Check([], [], []).IsWhole.ShouldBeFalse();

    [Fact]
    public void Check_AcknowledgedAndNotTold_IsLost()
    {
        var verdict = Check(Written, [], [Line("a", 1), Line("b", 1)]);

        verdict.Lost.ShouldBe([new Write("a", 2)]);
        verdict.IsWhole.ShouldBeFalse();
    }

    [Fact]
    public void Check_ToldOfAnIncidentThatIsNotListed_IsLost()
    {
        var verdict = LedgerCheck.Check(Written, [], Told, new HashSet<string> { "home of a" });

        verdict.Lost.ShouldBe([new Write("b", 1)]);
        verdict.IsWhole.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_NeverAcknowledged_MayBeThereOrNot(bool isThere)
    {
        var verdict = Check(Written, [new("b", 2)], isThere ? [.. Told, Line("b", 2)] : Told);

        verdict.Unknown.ShouldBe(1);
        verdict.IsWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData("a", 2)]
    [InlineData("b", 7)]
    public void Check_ToldMoreOftenThanWritten_IsDoubled(string chain, int number)
    {
        var verdict = Check(Written, [], [.. Told, Line(chain, number, place: 9)]);

        verdict.Doubled.ShouldBe([new Write(chain, number)]);
        verdict.Lost.ShouldBeEmpty();
        verdict.IsWhole.ShouldBeFalse();
    }

    [Fact]
    public void Check_AlertThatJoinedASecondIncident_IsDoubled()
    {
        var verdict = LedgerCheck.Check(Written, [], [Line("a", 1), Line("b", 1), Line("a", 2) with { Home = "another" }], new HashSet<string> { "home of a", "home of b", "another" });

        verdict.Doubled.ShouldBe([new Write("a", 2)]);
        verdict.IsWhole.ShouldBeFalse();
    }

    [Fact]
    public void Check_ToldAfterALaterOne_IsOutOfOrder()
    {
        var verdict = Check(Written, [], [Line("a", 2), Line("b", 1), Line("a", 1)]);

        verdict.OutOfOrder.ShouldBe([new Write("a", 1)]);
        verdict.IsWhole.ShouldBeFalse();
    }

    [Fact]
    public void Check_TwoCountedAsOne_AreOutOfOrder()
    {
        var verdict = Check(Written, [], [Line("a", 1), Line("b", 1), Line("a", 2, place: 1)]);

        verdict.OutOfOrder.ShouldBe([new Write("a", 2)]);
        verdict.IsWhole.ShouldBeFalse();
    }

    /// <summary>Alerts that two silos took may be counted in another order than they were sent in; what counts is the order of the count.</summary>
    [Fact]
    public void Check_CountedInAnotherOrderThanSent_IsWhole() =>
        Check(Written, [], [Line("a", 2, place: 1), Line("b", 1), Line("a", 1, place: 2)]).IsWhole.ShouldBeTrue();

    private static Verdict Check(Write[] acknowledged, Write[] unknown, ToldWrite[] told) =>
        LedgerCheck.Check(acknowledged, unknown, told, told.Select(static line => line.Home).ToHashSet());

    private static ToldWrite Line(string chain, int number, int? place = null) => new(new Write(chain, number), place ?? number, $"home of {chain}");
}
