using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Testing;
using NSubstitute;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>Tokens at the front itself.</summary>
public sealed class OidcSignInTests : IAsyncLifetime
{
    // What is sealed ends by the system's clock, so this one begins there; it stands still, and no failure that was counted is forgotten.
    private readonly FakeClock _clock = new(TimeProvider.System.GetUtcNow());
    private TestProvider _provider = null!;
    private FrontHost _host = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _host = await FrontHost.StartAsync(host =>
        {
            host.Clock = _clock;
            const string Issuer = "Front:Oidc:Issuers:0";
            host.Settings[$"{Issuer}:Name"] = "corp";
            host.Settings[$"{Issuer}:Issuer"] = _provider.Issuer;
            host.Settings[$"{Issuer}:Audience"] = "awooop";
            host.Settings[$"{Issuer}:Roles:0:Group"] = "sre";
            host.Settings[$"{Issuer}:Roles:0:Project"] = "awoooi";
            host.Settings[$"{Issuer}:Roles:0:Role"] = "Viewer";
            host.Settings["Front:FailedSignInsPerMinute"] = "4";
        });
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Request_WithAToken_IsTheOperators()
    {
        using var client = Connect(Token());

        var me = await (await client.GetAsync("/v1/platform/me")).JsonAsync();

        me.GetProperty("operator_id").GetString().ShouldBe("ann@corp");
        me.GetProperty("auth_method").GetString().ShouldBe("oidc");
        me.GetProperty("key_id").GetString().ShouldBeNull();
        me.GetProperty("roles").GetProperty("awoooi").GetString().ShouldBe("viewer");
    }

    [Fact]
    public async Task Request_OfATokenWithoutTheRole_IsForbidden()
    {
        using var client = Connect(Token());

        await (await client.PutAsync("/v1/platform/pause", Answers.Json("""{"scope":"project","reason":"x"}"""))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        await (await client.GetAsync("/v1/platform/cluster?project_id=shop")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        (await client.GetAsync("/v1/platform/cluster")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Everybody whom the provider knows could otherwise write into the trail of a project that they have no role in.</summary>
    [Fact]
    public async Task Request_OfSomebodyWithoutAnyRole_IsToldAmongTheOperators()
    {
        var claims = _provider.Claims(_clock.GetUtcNow());
        claims["sub"] = "bob";
        claims["groups"] = "nobody";
        using var client = Connect(_provider.Token(claims));

        await (await client.GetAsync("/v1/platform/cluster")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");

        await _host.Cluster.GetGrain<IAuditGrain>("operators/audit").Received(1)
            .DenyAsync(Arg.Is<DenyAct>(static denied => denied.RequestedProject == "awoooi"), Arg.Any<CancellationToken>());
        await _host.Cluster.GetGrain<IAuditGrain>("awoooi/audit").DidNotReceive().DenyAsync(Arg.Any<DenyAct>(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Request_WithAnExpiredToken_IsToldSo()
    {
        var claims = _provider.Claims(_clock.GetUtcNow().AddDays(-1));
        using var client = Connect(_provider.Token(claims));

        var response = await client.GetAsync("/v1/platform/me");

        await response.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token_expired");
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer error=\"invalid_token\"");
    }

    [Fact]
    public async Task Request_WhileTheProviderIsOut_IsToldToComeBackAndCountsAsNoFailure()
    {
        _provider.Fault = static http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        using var client = Connect(Token());
        for (var time = 0; time < 6; time++)
        {
            var response = await client.GetAsync("/v1/platform/me");
            await response.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "token_keys_unavailable");
            response.Headers.RetryAfter.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Tokens_ThatAreWrongTooOften_AreAnswered429AndRightOnesTakenStill()
    {
        using var wrong = Connect(_provider.Token(_provider.Claims(_clock.GetUtcNow()), TestKey.Rsa("rsa-1")));
        for (var time = 0; time < 4; time++)
            await (await wrong.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "token_signature_invalid");

        var over = await wrong.GetAsync("/v1/platform/me");
        var problem = await over.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_failed_sign_ins");
        problem.GetProperty("limit").GetString().ShouldBe("failed_sign_ins_per_source");
        over.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        using var right = Connect(Token());
        (await right.GetAsync("/v1/platform/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Session_ByAToken_LastsNoLongerThanTheToken()
    {
        using var client = Connect(Token());
        var response = await client.PostAsync("/v1/platform/session", null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        SecondsOf(cookie).ShouldBeInRange(1, 300);

        using var console = _host.Connect();
        console.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        var me = await (await console.GetAsync("/v1/platform/me")).JsonAsync();

        me.GetProperty("operator_id").GetString().ShouldBe("ann@corp");
        me.GetProperty("auth_method").GetString().ShouldBe("oidc");
        (await console.GetAsync("/v1/platform/cluster")).StatusCode.ShouldBe(HttpStatusCode.OK);

        // And none is begun anew from it.
        console.DefaultRequestHeaders.Add(SameOrigin.Header, "1");
        await (await console.PostAsync("/v1/platform/session", null)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "session_not_renewable");
    }

    [Fact]
    public async Task Token_WhereNoIssuerIsTrusted_IsNoKey()
    {
        var host = await FrontHost.StartAsync(static _ => { });
        try
        {
            using var client = host.Connect();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());
            await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            _provider.Fetches.ShouldBe(0);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static int SecondsOf(string cookie) => int.Parse(cookie.Split("max-age=")[1].Split(';')[0], CultureInfo.InvariantCulture);

    private string Token() => _provider.Token(_provider.Claims(_clock.GetUtcNow()));

    private HttpClient Connect(string token)
    {
        var client = _host.Connect();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
