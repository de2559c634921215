using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Testing;
using Microsoft.AspNetCore.Http;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>How the keys of a provider are kept, and what comes of its faults.</summary>
public sealed class IssuerKeysTests : IAsyncLifetime
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private TestProvider _provider = null!;
    private TokenDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _desk = new TokenDesk(_provider);
    }

    public async Task DisposeAsync()
    {
        _desk.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Keys_OfManyTokens_AreFetchedOnce()
    {
        await _desk.AcceptedAsync(Token());
        await _desk.AcceptedAsync(Token());

        _provider.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_AskedForByManyAtOnce_AreFetchedOnce()
    {
        var gate = new TaskCompletionSource();
        _provider.Fault = async http =>
        {
            await gate.Task;
            _provider.Fault = null;
            await http.Response.WriteAsync(KeysText());
        };
        var waiting = Enumerable.Range(0, 20).Select(_ => _desk.AcceptedAsync(Token())).ToArray();
        gate.SetResult();
        await Task.WhenAll(waiting);

        _provider.Fetches.ShouldBe(1);
    }

    [Fact]
    public async Task Key_ThatIsNew_IsFetchedAtMostOnceAnInterval()
    {
        await _desk.AcceptedAsync(Token());
        var rotated = TestKey.Rsa("rsa-2");
        var token = Token(rotated);
        _provider.Keys.Add(rotated);

        (await _desk.RefusedAsync(token)).ShouldBe("token_key_unknown", "the keys were fetched a moment ago");
        _provider.Fetches.ShouldBe(1);
        _desk.Clock.Advance(_desk.Oidc.RefetchInterval);
        await _desk.AcceptedAsync(token);
        _provider.Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task Keys_UnknownOnesByTheHundred_DoNotMakeHundredsOfFetches()
    {
        await _desk.AcceptedAsync(Token());
        _desk.Clock.Advance(_desk.Oidc.RefetchInterval);
        for (var number = 0; number < 100; number++)
            (await _desk.RefusedAsync(Token(header: new JsonObject { ["alg"] = "RS256", ["kid"] = $"guess-{number}" }))).ShouldBe("token_key_unknown");

        _provider.Fetches.ShouldBe(2);
        await _desk.AcceptedAsync(Token());
    }

    [Fact]
    public async Task Key_ThatWasWithdrawn_IsRefusedWithTheFirstTokenThatComesWhenTheKeysAreOld()
    {
        var token = Long();
        await _desk.AcceptedAsync(token);
        _provider.Keys.RemoveAll(static key => key.KeyId == "rsa-1");
        _desk.Clock.Advance(_desk.Oidc.KeysRefresh);

        (await _desk.RefusedAsync(token)).ShouldBe("token_key_unknown");
        _provider.Fetches.ShouldBe(2);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("redirect")]
    [InlineData("huge")]
    [InlineData("not JSON")]
    [InlineData("no keys")]
    [InlineData("no Unicode")]
    [InlineData("broken off")]
    public async Task Fetch_ThatFails_LeavesTheKnownKeysUntilTheirBound(string fault)
    {
        var token = Long();
        await _desk.AcceptedAsync(token);
        _provider.Fault = http => FailAsync(http, fault);
        _desk.Clock.Advance(_desk.Oidc.KeysKept - Moment);

        await _desk.AcceptedAsync(token);
        _provider.Fetches.ShouldBe(2);
        _desk.Clock.Advance(Moment);
        (await _desk.RefusedAsync(token)).ShouldBe("token_keys_unavailable");

        _provider.Fault = null;
        _desk.Clock.Advance(_desk.Oidc.RefetchInterval);
        await _desk.AcceptedAsync(token);
    }

    [Theory]
    [InlineData("500")]
    [InlineData("huge")]
    public async Task Fetch_ThatFailsAtFirst_IsTriedAgainAfterTheInterval(string fault)
    {
        _provider.Fault = http => FailAsync(http, fault);
        (await _desk.RefusedAsync(Token())).ShouldBe("token_keys_unavailable");
        _provider.Fault = null;
        (await _desk.RefusedAsync(Token())).ShouldBe("token_keys_unavailable");
        _provider.Fetches.ShouldBe(1);

        _desk.Clock.Advance(_desk.Oidc.RefetchInterval);
        await _desk.AcceptedAsync(Token());
    }

    [Fact]
    public async Task Fetch_ThatIsSlow_IsGivenUp()
    {
        var gate = new TaskCompletionSource();
        _provider.Fault = _ => gate.Task;

        var checking = _desk.RefusedAsync(Token());
        await Eventually.BecomesTrueAsync(() => _provider.Fetches == 1 && _desk.Clock.IsWaitedOn(_desk.Oidc.FetchTimeout), "it waits for the provider");
        _desk.Clock.Advance(_desk.Oidc.FetchTimeout);

        (await checking).ShouldBe("token_keys_unavailable");
        gate.SetResult();
    }

    [Fact]
    public async Task Discovery_OfAnotherIssuer_IsNotBelieved()
    {
        _provider.ClaimedIssuer = "https://other.example";

        (await _desk.RefusedAsync(Token())).ShouldBe("token_keys_unavailable");
        _provider.Fetches.ShouldBe(0);
    }

    private string Token(TestKey? key = null, JsonObject? header = null) => _provider.Token(_provider.Claims(_desk.Clock.GetUtcNow()), key, header);

    private string Long()
    {
        var claims = _provider.Claims(_desk.Clock.GetUtcNow());
        claims["exp"] = _desk.Clock.GetUtcNow().AddYears(1).ToUnixTimeSeconds();
        return _provider.Token(claims);
    }

    private string KeysText() => new JsonObject { ["keys"] = new JsonArray([.. _provider.Keys.Select(static key => key.Jwk.DeepClone())]) }.ToJsonString();

    private async Task FailAsync(HttpContext http, string fault)
    {
        switch (fault)
        {
            case "500":
                http.Response.StatusCode = 500;
                break;
            case "redirect":
                http.Response.Redirect("/elsewhere");
                break;
            case "huge":
                // The keys are there, and too much behind them.
                await http.Response.WriteAsync(KeysText());
                await http.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 300 * 1024)));
                break;
            case "not JSON":
                await http.Response.WriteAsync("<html>");
                break;
            case "no keys":
                await http.Response.WriteAsync("""{"keys":[{"kty":"oct","k":"AAAA"}]}""");
                break;
            case "no Unicode":
                await http.Response.WriteAsync("""{"keys":[{"kty":"RSA","use":"\ud800"}]}""");
                break;
            default:
                http.Response.ContentLength = 1000;
                await http.Response.WriteAsync("{");
                http.Abort();
                break;
        }
    }
}
