using AwoooP.Commands;
using AwoooP.Holds;

namespace AwoooP.Grains.Tests.Holds;

/// <summary>Placing and releasing, on the pure core.</summary>
public sealed class LegalHoldDeciderTests
{
    private const string Incident = "INC-20260115-000001";
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    private LegalHolds _holds = LegalHolds.Initial;

    [Fact]
    public void GivenNothing_WhenPlaced_ThenItIsOpenUntilItIsReleased()
    {
        var (whole, one) = (Guid.CreateVersion7(Now), Guid.CreateVersion7(Now));

        Place(whole, null);
        Place(one, Incident);
        _holds.Open.ShouldBe([new LegalHold(whole, null, "ann", Now), new LegalHold(one, Incident, "ann", Now)]);
        _holds.IsEnded.ShouldBeFalse();

        Release(whole).ShouldBe(new LegalHoldReleased(whole, "settled", "ben"));
        _holds.Open.ShouldHaveSingleItem().HoldId.ShouldBe(one);
        Release(one);
        _holds.IsEnded.ShouldBeTrue();
    }

    [Fact]
    public void GivenAnOpenHold_WhenPlacedAgain_ThenNothingChanges()
    {
        var id = Guid.CreateVersion7(Now);
        Place(id, null);

        var again = LegalHoldDecider.Place(_holds, new PlaceLegalHold(id, null, "another reason"), "ben");

        again.Refusal.ShouldBeNull();
        again.Events.ShouldBeEmpty();
    }

    [Fact]
    public void GivenAReleasedHold_WhenReleasedAgain_ThenThereIsNone()
    {
        var id = Guid.CreateVersion7(Now);
        Place(id, null);
        Release(id);

        var refusal = LegalHoldDecider.Release(_holds, new ReleaseLegalHold(id, "settled"), "ben").Refusal.ShouldNotBeNull();

        (refusal.Kind, refusal.Code).ShouldBe((RefusalKind.NotFound, "legal_hold_not_found"));
    }

    [Fact]
    public void GivenAsManyAsMayBeOpen_WhenOneMoreIsPlaced_ThenRefused()
    {
        for (var placed = 0; placed < LegalHold.MaxOpen; placed++)
            Place(Guid.CreateVersion7(Now), Incident);

        var refusal = LegalHoldDecider.Place(_holds, new PlaceLegalHold(Guid.CreateVersion7(Now), null, "one more"), "ann").Refusal.ShouldNotBeNull();

        (refusal.Kind, refusal.Code).ShouldBe((RefusalKind.Conflict, "too_many_legal_holds"));
        refusal.Message.ShouldContain("100");
    }

    [Theory]
    [InlineData(null, "", "$.reason")]
    [InlineData(null, " ", "$.reason")]
    [InlineData("", "fine", "$.incident_id")]
    [InlineData("65", "fine", "$.incident_id")]
    public void GivenValuesOutOfBounds_WhenPlaced_ThenRefusedWithTheirField(string? incident, string reason, string field)
    {
        var command = new PlaceLegalHold(Guid.CreateVersion7(Now), incident is "65" ? new string('x', 65) : incident, reason);

        var refusal = LegalHoldDecider.Place(_holds, command, "ann").Refusal.ShouldNotBeNull();

        (refusal.Kind, refusal.Field).ShouldBe((RefusalKind.Invalid, field));
        refusal.InvalidFields.ShouldHaveSingleItem().Bound.ShouldNotBeNull().ShouldStartWith("1..");
    }

    private void Place(Guid id, string? incident) =>
        Apply(LegalHoldDecider.Place(_holds, new PlaceLegalHold(id, incident, "a law suit"), "ann").Events.ShouldHaveSingleItem());

    private LegalHoldEvent Release(Guid id) => Apply(LegalHoldDecider.Release(_holds, new ReleaseLegalHold(id, "settled"), "ben").Events.ShouldHaveSingleItem());

    private LegalHoldEvent Apply(LegalHoldEvent raised)
    {
        _holds = _holds.Apply(raised, Now);
        return raised;
    }
}
