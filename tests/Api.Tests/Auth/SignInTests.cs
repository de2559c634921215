using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Operators;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Auth;

public sealed class SignInTests(FrontHost host) : IClassFixture<FrontHost>
{
    private const string Pause = "/v1/platform/pause";
    private const string Body = """{"scope":"project","reason":""}""";

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer awp_0000000000000000_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer")]
    public async Task Request_KeyThatIsNone_IsRefused(string authorization)
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Request_RevokedOrExpiredKey_IsRefused()
    {
        foreach (var (key, code) in ((ApiKey, string)[])
        [
            (host.Cluster.Issue("r", OperatorRole.Admin, revoked: true), "key_revoked"),
            (host.Cluster.Issue("e", OperatorRole.Admin, expiresAt: DateTimeOffset.UnixEpoch), "key_expired"),
        ])
        {
            using var client = host.Connect(key);
            await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, code);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"awp_{key.KeyId}_{new string('0', 64)}");
            await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public async Task Request_AnothersSecretUnderAKnownId_IsRefused()
    {
        var known = host.Cluster.Issue("k", OperatorRole.Admin);
        using var client = host.Connect();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"awp_{known.KeyId}_{new string('0', 64)}");
        await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Request_BasicOutsideOfIntake_IsRefused()
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Authorization = Basic(host.Cluster.Issue("b", OperatorRole.Admin));
        await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Request_BySecretBeforeARotation_IsTakenWithinItsGraceAlone()
    {
        foreach (var (until, code) in ((DateTimeOffset, string?)[])[(DateTimeOffset.MaxValue, null), (DateTimeOffset.UnixEpoch, "key_rotated")])
        {
            var key = host.Cluster.Issue("o", OperatorRole.Viewer);
            var before = ApiKey.CreateFor(key.KeyId);
            host.Cluster.Change(key, view => view with { PreviousSha256 = before.SecretSha256, PreviousUntil = until });
            using var late = host.Connect(before);
            using var current = host.Connect(key);

            (await current.GetAsync("/v1/platform/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
            var answer = await late.GetAsync("/v1/platform/me");
            if (code is null)
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            else
                await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, code);
        }
    }

    [Fact]
    public async Task Request_ByAKeyForIntake_IsTakenThereAlone()
    {
        var key = host.Cluster.Issue("sender", OperatorRole.Admin);
        host.Cluster.Change(key, static view => view with { Scope = KeyScope.Intake });
        using var client = host.Connect(key);

        (await client.PostAsync("/api/v2/alerts", Answers.Json("[]"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in (string[])["/v1/platform/me", "/v1/platform/cluster", "/v1/platform/operators/keys"])
            await (await client.GetAsync(path)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "scope_too_narrow");
        await (await client.PostAsync("/v1/platform/session", null)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "scope_too_narrow");
    }

    [Fact]
    public async Task SignIn_WithKey_GivesACookieThatScriptsAndOtherSitesCannotUse()
    {
        using var client = host.ConnectAs(OperatorRole.Operator);
        var response = await client.PostAsync("/v1/platform/session", null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldNotContain("awp_");
    }

    [Fact]
    public async Task Session_Reading_NeedsNoProof()
    {
        using var client = await SignInAsync();
        var me = await (await client.GetAsync("/v1/platform/me")).JsonAsync();
        me.GetProperty("auth_method").GetString().ShouldBe("api_key");
    }

    [Fact]
    public async Task Session_ChangingWithoutProof_IsRefusedAsCrossSite()
    {
        using var client = await SignInAsync();
        await (await client.PutAsync(Pause, Answers.Json(Body))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cross_site_request");
    }

    [Fact]
    public async Task Session_ChangingFromAnotherOrigin_IsRefusedEvenWithTheHeader()
    {
        using var client = await SignInAsync();
        client.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        client.DefaultRequestHeaders.Add(SameOrigin.Header, "1");
        await (await client.PutAsync(Pause, Answers.Json(Body))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cross_site_request");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_ChangingWithProof_ReachesTheEndpoint(bool byOrigin)
    {
        using var client = await SignInAsync();
        if (byOrigin)
            client.DefaultRequestHeaders.Add("Origin", host.Address.GetLeftPart(UriPartial.Authority));
        else
            client.DefaultRequestHeaders.Add(SameOrigin.Header, "1");

        await (await client.PutAsync(Pause, Answers.Json(Body))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "out_of_range");
    }

    [Fact]
    public async Task Session_Forged_IsNoSession()
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Add("Cookie", $"{ConsoleSession.CookieName}=CfDJ8forged");
        await (await client.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    /// <summary>A leaked key that was rotated away must not live on in the sessions that were begun with it.</summary>
    [Fact]
    public async Task Session_ByASecretThatARotationHasReplaced_LastsAsLongAsThatSecret()
    {
        foreach (var (until, status) in ((DateTimeOffset, HttpStatusCode)[])[(DateTimeOffset.MaxValue, HttpStatusCode.OK), (DateTimeOffset.UnixEpoch, HttpStatusCode.Unauthorized)])
        {
            var key = host.Cluster.Issue("rotated", OperatorRole.Viewer);
            using var console = await SignInAsync(key);
            (await console.GetAsync("/v1/platform/me")).StatusCode.ShouldBe(HttpStatusCode.OK);

            host.Cluster.Change(key, view => view with { SecretSha256 = ApiKey.CreateFor(key.KeyId).SecretSha256, PreviousSha256 = key.SecretSha256, PreviousUntil = until });
            host.Services.GetRequiredService<OperatorKeyDirectory>().Forget(key.KeyId);

            (await console.GetAsync("/v1/platform/me")).StatusCode.ShouldBe(status);
        }
    }

    [Fact]
    public async Task SignIn_ByASession_IsRefusedSinceItWouldNeverEnd()
    {
        using var client = await SignInAsync();
        client.DefaultRequestHeaders.Add(SameOrigin.Header, "1");

        await (await client.PostAsync("/v1/platform/session", null)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "session_not_renewable");
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    public async Task Intake_HostThatIsNotLoopback_NeedsAKey(string name)
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Host = name;
        await (await client.PostAsync("/api/v2/alerts", Answers.Json("[]"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await (await client.GetAsync("/api/v2/status")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await (await client.GetAsync("/metrics")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1:9093")]
    [InlineData("[::1]:9093")]
    public async Task Intake_LoopbackHost_NeedsNoKey(string name)
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Host = name;
        (await client.PostAsync("/api/v2/alerts", Answers.Json("[]"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Intake_FromAPageOfAnotherSite_NeedsAKey(string header, string value)
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Add(header, value);
        await (await client.PostAsync("/api/v2/alerts", Answers.Json("[]"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Intake_WrongKeyOnLoopback_IsRefused()
    {
        using var client = host.Connect();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "awp_wrong");
        await (await client.PostAsync("/api/v2/alerts", Answers.Json("[]"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task Intake_ListeningOnMoreThanLoopback_NeedsAKeyBearerOrBasic()
    {
        var everywhere = await FrontHost.StartAsync(static host => host.Url = "http://0.0.0.0:0");
        try
        {
            using var client = everywhere.Connect();
            await (await client.PostAsync("/api/v2/alerts", Answers.Json("[]"))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
            var key = everywhere.Cluster.Issue("sender", OperatorRole.Operator, "shop");
            client.DefaultRequestHeaders.Authorization = Basic(key);
            (await client.PostAsync("/api/v2/alerts", Answers.Json("""[{"labels":{"a":"b"}}]"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
            (await client.PostAsync("/api/v2/alerts", Answers.Json("""[{"labels":{"a":"b"}}]"""))).StatusCode.ShouldBe(HttpStatusCode.OK);
            everywhere.Journal.Entries.Select(static entry => entry.ProjectId).ShouldBe(["shop", "shop"]);
        }
        finally
        {
            await everywhere.DisposeAsync();
        }
    }

    private static AuthenticationHeaderValue Basic(ApiKey key) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"any:{key.Reveal()}")));

    private async Task<HttpClient> SignInAsync(ApiKey? key = null)
    {
        using var first = key is null ? host.ConnectAs(OperatorRole.Operator) : host.Connect(key);
        var response = await first.PostAsync("/v1/platform/session", null);
        var client = host.Connect();
        client.DefaultRequestHeaders.Add("Cookie", response.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        return client;
    }
}
