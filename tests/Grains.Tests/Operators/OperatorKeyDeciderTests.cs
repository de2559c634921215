using AwoooP.Aggregates;
using AwoooP.Commands;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Operators;

namespace AwoooP.Grains.Tests.Operators;

public sealed class OperatorKeyDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    private static readonly IssueOperatorKey Command = new(
        "k1", "ann", new string('a', 64), new Dictionary<string, OperatorRole> { ["shop"] = OperatorRole.Approver }, "shop", Now.AddDays(1));

    [Fact]
    public void GivenAKey_WhenIssuedAgain_ThenItsIdIsTaken()
    {
        var issued = OperatorKey.Initial.Apply(OperatorKeyDecider.Issue(OperatorKey.Initial, Command, "admin", Now).Events.Single(), Now);

        var refusal = OperatorKeyDecider.Issue(issued, Command, "admin", Now).Refusal!;

        refusal.Code.ShouldBe("key_id_taken");
        refusal.Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public void GivenAKey_WhenRevoked_ThenForGood()
    {
        var issued = OperatorKey.Initial.Apply(OperatorKeyDecider.Issue(OperatorKey.Initial, Command, "admin", Now).Events.Single(), Now);
        var revoked = issued.Apply(OperatorKeyDecider.Revoke(issued, new RevokeOperatorKey("lost"), "admin").Events.Single(), Now);

        revoked.Revoked.ShouldBeTrue();
        OperatorKeyDecider.Revoke(revoked, new RevokeOperatorKey(null), "admin").Refusal!.Kind.ShouldBe(RefusalKind.IllegalTransition);
        OperatorKeyDecider.Revoke(OperatorKey.Initial, new RevokeOperatorKey(null), "admin").Refusal!.Kind.ShouldBe(RefusalKind.NotFound);
    }

    [Fact]
    public void GivenAKey_WhenRotated_ThenTheSecretBeforeIsGoodForTheGraceAndNoLonger()
    {
        var issued = Issued();
        var rotated = Rotate(issued, 'b', 3600);

        rotated.SecretSha256.ShouldBe(new string('b', 64));
        rotated.PreviousSha256.ShouldBe(Command.SecretSha256);
        rotated.Rotated!.PreviousUntil.ShouldBe(Now.AddHours(1));

        var again = Rotate(rotated, 'c', 0);
        again.SecretSha256.ShouldBe(new string('c', 64));
        again.PreviousSha256.ShouldBe(new string('b', 64));
        again.Rotated!.PreviousUntil.ShouldBeNull();
    }

    [Fact]
    public void GivenAKey_WhenRotatedBadly_ThenItsFieldIsNamed()
    {
        var rotated = Rotate(Issued(), 'b', 0);
        RotationField(rotated, new RotateOperatorKey(new string('b', 64), 0)).ShouldBe("secret_sha256");
        RotationField(rotated, new RotateOperatorKey(Command.SecretSha256, 0)).ShouldBe("secret_sha256");
        RotationField(rotated, new RotateOperatorKey("b", 0)).ShouldBe("secret_sha256");
        RotationField(rotated, new RotateOperatorKey(new string('c', 64), -1)).ShouldBe("grace_seconds");
        RotationField(rotated, new RotateOperatorKey(new string('c', 64), RotateOperatorKey.MaxGraceSeconds + 1)).ShouldBe("grace_seconds");
    }

    [Fact]
    public void GivenAKeyThatHasEnded_WhenRotated_ThenItIsRefused()
    {
        var refusal = OperatorKeyDecider.Rotate(Issued(), new RotateOperatorKey(new string('b', 64), 0), "admin", Now.AddDays(1)).Refusal!;

        refusal.Code.ShouldBe("key_expired");
        refusal.Kind.ShouldBe(RefusalKind.Conflict);
    }

    [Fact]
    public void GivenAKey_WhenUsedOften_ThenOnceAnHourIsWritten()
    {
        var issued = Issued();
        var used = issued.Apply(OperatorKeyDecider.NoteUse(issued, Now).Events.Single(), Now);

        used.LastUsedAt.ShouldBe(Now);
        OperatorKeyDecider.NoteUse(used, Now.AddMinutes(59)).ShouldBe(Decision<OperatorKeyEvent>.Nothing);
        OperatorKeyDecider.NoteUse(used, Now.AddHours(1)).Events.ShouldHaveSingleItem().ShouldBeOfType<OperatorKeyUsed>();
    }

    [Fact]
    public void GivenABadKey_WhenIssued_ThenItsFieldIsNamed()
    {
        FieldOf(Command with { SecretSha256 = new string('A', 64) }).ShouldBe("secret_sha256");
        FieldOf(Command with { ExpiresAt = Now }).ShouldBe("expires_at");
        FieldOf(Command with { DefaultProject = "other" }).ShouldBe("default_project");
        FieldOf(Command with { Roles = new Dictionary<string, OperatorRole>() }).ShouldBe("roles");
        FieldOf(Command with { KeyId = "" }).ShouldBe("key_id");
        FieldOf(Command with { Scope = KeyScope.None }).ShouldBe("scope");
    }

    [Fact]
    public void GivenAKey_WhenIssuedInALine_ThenItKnowsEveryIssuerOnce()
    {
        var first = IssuedBy("ann", null);
        first.IssuedBy.ShouldBe(["ann"]);
        var third = IssuedBy("ben", ["ann", "platform"]);
        third.IssuedBy.ShouldBe(["ben", "ann", "platform"]);
        IssuedBy("ann", ["ben", "ann"]).IssuedBy.ShouldBe(["ann", "ben"]);

        // Events from before it was told name the issuer alone.
        OperatorKey.Initial.Apply(third.Issued! with { IssuedBy = null }, Now).IssuedBy.ShouldBe(["ben"]);
    }

    [Fact]
    public void GivenAKey_WhenRotated_ThenItsIssuersStayAndWhoElseRotatedItIsOneOfThem()
    {
        Rotate(Issued(), 'b', 0, by: "ann").IssuedBy.ShouldBe(["admin"]);
        Rotate(Issued(), 'b', 0, by: "eve").IssuedBy.ShouldBe(["eve", "admin"]);
    }

    [Fact]
    public void GivenALineOfIssuersThatIsTooLong_WhenIssued_ThenRefused()
    {
        string[] line = [.. Enumerable.Range(0, IssueOperatorKey.MaxIssuers).Select(static number => $"p{number}")];

        IssuedBy("admin", line[1..]).IssuedBy.Count.ShouldBe(IssueOperatorKey.MaxIssuers);
        OperatorKeyDecider.Issue(OperatorKey.Initial, Command with { IssuerIssuedBy = line }, "admin", Now).Refusal!.Code.ShouldBe("too_many_issuers");
    }

    [Theory]
    [InlineData("ann", "", "ben", "", true)]
    [InlineData("ann", "", "ann", "", false)]
    [InlineData("ann", "", "ben", "ann", false)]
    [InlineData("ann", "ben", "ben", "", false)]
    [InlineData("ann", "zoe", "ben", "cho,ann", false)]
    [InlineData("ann", "zoe", "ben", "zoe", false)]
    [InlineData("ann", "cho,zoe", "ben", "dee,zoe,local-admin", false)]
    [InlineData("ann", "local-admin,platform", "ben", "local-admin,platform", true)]
    [InlineData("local-admin", "platform", "ben", "local-admin,platform", false)]
    public void GivenTwoNames_WhenTheirKeysCameFromSomewhere_ThenTheyAreTwoPeopleOrNot(string one, string issuers, string other, string othersIssuers, bool independent)
    {
        var (first, second) = (new Signatory(one, issuers.Split(',', StringSplitOptions.RemoveEmptyEntries)), new Signatory(other, othersIssuers.Split(',', StringSplitOptions.RemoveEmptyEntries)));

        first.IsIndependentOf(second).ShouldBe(independent);
        second.IsIndependentOf(first).ShouldBe(independent);
    }

    [Fact]
    public void GivenAnyStatus_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        OperatorKeyTransitions.Table,
        default,
        """
        none: issue -> issued
        issued: rotate -> issued
        issued: note_use -> issued
        issued: revoke -> revoked
        """);

    private static OperatorKey Issued() => OperatorKey.Initial.Apply(OperatorKeyDecider.Issue(OperatorKey.Initial, Command, "admin", Now).Events.Single(), Now);

    private static OperatorKey IssuedBy(string by, string[]? issuers) =>
        OperatorKey.Initial.Apply(OperatorKeyDecider.Issue(OperatorKey.Initial, Command with { IssuerIssuedBy = issuers }, by, Now).Events.Single(), Now);

    private static OperatorKey Rotate(OperatorKey key, char digit, int grace, string by = "admin") =>
        key.Apply(OperatorKeyDecider.Rotate(key, new RotateOperatorKey(new string(digit, 64), grace), by, Now).Events.Single(), Now);

    private static string? RotationField(OperatorKey key, RotateOperatorKey command) => OperatorKeyDecider.Rotate(key, command, "admin", Now).Refusal!.Field;

    private static string? FieldOf(IssueOperatorKey command) => OperatorKeyDecider.Issue(OperatorKey.Initial, command, "admin", Now).Refusal!.Field;
}
