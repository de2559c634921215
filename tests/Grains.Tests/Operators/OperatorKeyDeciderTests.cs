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
    public void GivenABadKey_WhenIssued_ThenItsFieldIsNamed()
    {
        FieldOf(Command with { SecretSha256 = new string('A', 64) }).ShouldBe("secret_sha256");
        FieldOf(Command with { ExpiresAt = Now }).ShouldBe("expires_at");
        FieldOf(Command with { DefaultProject = "other" }).ShouldBe("default_project");
        FieldOf(Command with { Roles = new Dictionary<string, OperatorRole>() }).ShouldBe("roles");
        FieldOf(Command with { KeyId = "" }).ShouldBe("key_id");
    }

    [Fact]
    public void GivenAnyStatus_WhenAnyTrigger_ThenAsWritten() => TableCheck.Holds(
        OperatorKeyTransitions.Table,
        default,
        """
        none: issue -> issued
        issued: revoke -> revoked
        """);

    private static string? FieldOf(IssueOperatorKey command) => OperatorKeyDecider.Issue(OperatorKey.Initial, command, "admin", Now).Refusal!.Field;
}
