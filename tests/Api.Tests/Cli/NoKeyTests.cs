using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Cli;

namespace AwoooP.Api.Tests.Cli;

/// <summary>Whoever has no key, or reaches nobody, is told what to type next.</summary>
[Collection(StandardOutput.Name)]
public sealed class NoKeyTests(FrontHost host) : IClassFixture<FrontHost>
{
    [Fact]
    public async Task Command_WithoutAKey_SaysWhereOneWasLookedForAndHowToNameOne()
    {
        var (code, _, errors) = await TypedCommand.RunAsync(["incidents", "--url", host.Address.ToString()]);

        code.ShouldBe(ExitCodes.NotAllowed);
        errors.ShouldContain("unauthenticated");
        errors.ShouldContain("AWOOOP_KEY");
        errors.ShouldContain("--key-file");
        errors.ShouldContain("operator.key is not there");
    }

    [Fact]
    public async Task Command_WithAKeyThatIsNotTaken_DoesNotSayThatThereIsNone()
    {
        var (code, _, errors) = await TypedCommand.RunAsync(["incidents", "--url", host.Address.ToString(), "--key", "awp_0123456789abcdef_wrong"]);

        code.ShouldBe(ExitCodes.NotAllowed);
        errors.ShouldNotContain("--key-file");
    }

    [Fact]
    public async Task Command_ThatReachesNobody_SaysHowToStartOneOrNameAnother()
    {
        // Nothing listens on this port.
        var (code, _, errors) = await TypedCommand.RunAsync(["incidents", "--url", "http://127.0.0.1:1", "--key", "awp_x"]);

        code.ShouldBe(ExitCodes.Unreachable);
        errors.ShouldContain("./awooop up");
        errors.ShouldContain("AWOOOP_URL");
    }
}
