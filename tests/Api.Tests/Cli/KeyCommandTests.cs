using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Cli;
using AwoooP.Commands;
using AwoooP.Operators;
using NSubstitute;

namespace AwoooP.Api.Tests.Cli;

/// <summary>Commands about keys as they are typed, against the real front.</summary>
[Collection(StandardOutput.Name)]
public sealed class KeyCommandTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Rotate_OfAKey_ShowsTheNewSecretOnce()
    {
        var key = host.Cluster.Issue("mei", OperatorRole.Viewer);
        var grain = host.Cluster.GetGrain<IOperatorKeyGrain>($"operators/{key.KeyId}");
        grain.RotateAsync(Arg.Is<RotateOperatorKey>(static command => command.GraceSeconds == 60), Arg.Any<CancellationToken>()).Returns(new CommandResult(2));

        var (code, output, _) = await host.RunAsync(key, "keys", "rotate", key.KeyId, "--grace", "60");

        code.ShouldBe(ExitCodes.Done);
        output.ShouldContain($"awp_{key.KeyId}_");
        output.ShouldContain("previous_until");
        output.ShouldNotContain(key.Reveal());
    }

    [Theory]
    [InlineData(ExitCodes.Invalid, "keys", "rotate", "0123456789abcdef", "--grace", "-1")]
    [InlineData(ExitCodes.Invalid, "keys", "rotate", "0123456789abcdef", "--grace", "x")]
    [InlineData(ExitCodes.Refused, "keys", "rotate", "0123456789abcdef")]
    [InlineData(ExitCodes.NotFound, "keys", "revoke", "0123456789abcdef")]
    [InlineData(ExitCodes.Invalid, "keys", "issue", "mei", "--role", "awoooi=viewer", "--expires", "2001-01-01T00:00:00Z")]
    [InlineData(ExitCodes.Invalid, "keys", "issue", "mei", "--role", "awoooi=viewer", "--scope", "nope")]
    [InlineData(ExitCodes.NotAllowed, "keys", "issue", "mei", "--role", "shop=viewer", "--default-project", "shop")]
    [InlineData(ExitCodes.Unavailable, "keys")]
    [InlineData(ExitCodes.Unavailable, "keys", "--revoked", "false", "--operator", "mei")]
    [InlineData(ExitCodes.Unavailable, "operators")]
    public async Task Command_ThatIsRefused_EndsWithItsCode(int code, params string[] arguments) => (await RunAsync(arguments)).Code.ShouldBe(code);

    [Fact]
    public async Task Issue_WithEndAndScope_AsksForThem()
    {
        IssueOperatorKey? asked = null;
        host.Cluster.OnMade = grain =>
        {
            if (grain is IOperatorKeyGrain made)
                made.IssueAsync(Arg.Do<IssueOperatorKey>(command => asked = command), Arg.Any<CancellationToken>()).Returns(new CommandResult(1));
        };

        var (code, output, _) = await RunAsync("keys", "issue", "prometheus", "--role", "awoooi=operator", "--scope", "intake", "--expires", "2100-01-01T00:00:00Z");

        code.ShouldBe(ExitCodes.Done);
        output.ShouldContain($"awp_{asked!.KeyId}_");
        asked.OperatorId.ShouldBe("prometheus");
        asked.Scope.ShouldBe(KeyScope.Intake);
        asked.ExpiresAt.ShouldBe(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>A key whose default project its roles do not reach would be refused by every command that names none.</summary>
    [Theory]
    [InlineData("shop", "shop=viewer")]
    [InlineData("bank", "shop=viewer", "bank=viewer")]
    [InlineData("awoooi", "shop=viewer", "awoooi=viewer")]
    [InlineData("awoooi", "shop=viewer", "*=viewer")]
    public async Task Issue_WithoutADefaultProject_TakesOneThatTheRolesReach(string home, params string[] roles)
    {
        IssueOperatorKey? asked = null;
        host.Cluster.OnMade = grain =>
        {
            if (grain is IOperatorKeyGrain made)
                made.IssueAsync(Arg.Do<IssueOperatorKey>(command => asked = command), Arg.Any<CancellationToken>()).Returns(new CommandResult(1));
        };
        string[] typed = ["keys", "issue", "mei", .. roles.SelectMany(static role => (string[])["--role", role])];

        var (code, _, errors) = await host.RunAsync(host.Cluster.Issue("root", OperatorRole.Admin, "*"), typed);

        code.ShouldBe(ExitCodes.Done, errors);
        asked!.DefaultProject.ShouldBe(home);
    }

    [Fact]
    public async Task Revoke_OfAKey_SaysThatItIsRevoked()
    {
        var key = host.Cluster.Issue("mei", OperatorRole.Viewer);
        var grain = host.Cluster.GetGrain<IOperatorKeyGrain>($"operators/{key.KeyId}");
        grain.RevokeAsync(Arg.Any<RevokeOperatorKey>(), Arg.Any<CancellationToken>()).Returns(new CommandResult(2));

        (await RunAsync("keys", "revoke", key.KeyId)).ShouldBe((ExitCodes.Done, $"{key.KeyId} is revoked.\n", ""));
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        host.RunAsync(host.Cluster.Issue("admin-user", OperatorRole.Admin, "awoooi"), arguments);
}
