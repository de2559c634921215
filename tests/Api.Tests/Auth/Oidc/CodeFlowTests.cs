using System.Net;
using System.Text.Json.Nodes;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Commands;
using AwoooP.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>Signing in at a provider by the browser: a front and a provider, each on a real server, and a browser between them that keeps cookies.</summary>
public sealed class CodeFlowTests : IAsyncLifetime
{
    private const string Begin = "/v1/platform/sign-in/corp/begin";
    private const string Callback = "http://127.0.0.1:9/v1/platform/sign-in/callback";

    private TestProvider _provider = null!;
    private readonly RecordingAuditGrain _operators = new();
    private FrontHost _host = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _provider.RedirectUri = Callback;
        _host = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task SignIn_AtTheProvider_GivesTheSessionOfTheTokensOperator()
    {
        using var browser = new Browser(_host);

        var back = await SignInAsync(browser, $"{Begin}?return_to=%2Fincidents%2FINC-1");

        back.ShouldBe("/incidents/INC-1");
        var me = await (await browser.GetAsync("/v1/platform/me")).JsonAsync();
        me.GetProperty("operator_id").GetString().ShouldBe("ann@corp");
        var (caller, began) = _operators.Begun.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor, began.Method, began.KeyId).ShouldBe(("operators", "ann@corp", "oidc", null));
        _operators.Denied.ShouldBeEmpty();
        me.GetProperty("auth_method").GetString().ShouldBe("oidc");
        me.GetProperty("roles").GetProperty("awoooi").GetString().ShouldBe("viewer");
        browser.Cookies.Keys.ShouldHaveSingleItem("the attempt is used up").ShouldBe(ConsoleSession.CookieName);
    }

    [Fact]
    public async Task Begin_OfASignIn_AsksForACodeBoundToThisBrowserAndToBeLedBackExactly()
    {
        using var browser = new Browser(_host);

        var begun = await browser.GetAsync(Begin);
        var asked = QueryHelpers.ParseQuery(begun.Headers.Location!.Query);

        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        begun.Headers.Location.GetLeftPart(UriPartial.Path).ShouldBe($"{_provider.Issuer}/authorize");
        (asked["response_type"].ToString(), asked["client_id"].ToString(), asked["redirect_uri"].ToString()).ShouldBe(("code", "awooop", Callback));
        (asked["scope"].ToString(), asked["code_challenge_method"].ToString()).ShouldBe(("openid profile", "S256"));
        ((string[])[asked["state"].ToString(), asked["nonce"].ToString(), asked["code_challenge"].ToString()]).ShouldBeUnique();
        asked["state"].ToString().Length.ShouldBeGreaterThanOrEqualTo(43);
        begun.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var cookie = begun.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        cookie.ShouldContain("path=/v1/platform/sign-in");
        foreach (var secret in (string[])["state", "nonce"])
            cookie.ShouldNotContain(asked[secret].ToString());
    }

    [Fact]
    public async Task Callback_WithAnotherState_IsRefused()
    {
        using var browser = new Browser(_host);
        var back = await ReturnOfAsync(browser);

        await ShouldFailAsync(browser, back.Replace("state=", "state=A", StringComparison.Ordinal), "sign_in_expired");
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_IsRefused()
    {
        using var mine = new Browser(_host);
        using var theirs = new Browser(_host);
        var back = await ReturnOfAsync(mine);

        await ShouldFailAsync(theirs, back, "sign_in_expired");

        await theirs.GetAsync(Begin);
        await ShouldFailAsync(theirs, back, "sign_in_expired");
    }

    [Fact]
    public async Task Callback_Replayed_IsRefusedByTheBrowsersUsedCookieAndByTheProvidersUsedCode()
    {
        using var browser = new Browser(_host);
        var back = await ReturnOfAsync(browser);
        var attempt = browser.Cookies[SignInCookie.Name];
        (await browser.GetAsync(back)).Headers.Location!.OriginalString.ShouldBe("/");
        browser.Cookies.Clear();

        await ShouldFailAsync(browser, back, "sign_in_expired");

        // Somebody who kept the cookie, too.
        browser.Cookies[SignInCookie.Name] = attempt;
        await ShouldFailAsync(browser, back, "sign_in_code_refused");
    }

    [Fact]
    public async Task Callback_WithAnothersCode_IsRefusedSinceItsProofIsAnothers()
    {
        using var victim = new Browser(_host);
        using var thief = new Browser(_host);
        var stolen = QueryHelpers.ParseQuery(new Uri(_host.Address, await ReturnOfAsync(victim)).Query)["code"].ToString();
        var own = await ReturnOfAsync(thief);
        var code = QueryHelpers.ParseQuery(new Uri(_host.Address, own).Query)["code"].ToString();

        await ShouldFailAsync(thief, own.Replace(code, stolen, StringComparison.Ordinal), "sign_in_code_refused");
    }

    [Theory]
    [InlineData("nonce", "another", "token_nonce_wrong")]
    [InlineData("nonce", null, "token_nonce_wrong")]
    [InlineData("aud", "somebody-else", "token_audience_wrong")]
    [InlineData("azp", "somebody-else", "token_audience_wrong")]
    [InlineData("iss", "https://other.example", "token_issuer_unknown")]
    [InlineData("exp", 1, "token_expired")]
    [InlineData("sub", "", "token_subject_invalid")]
    public async Task Token_ThatSaysSomethingElse_IsRefused(string claim, object? value, string code)
    {
        _provider.Alter = claims => claims[claim] = value switch
        {
            string text => text,
            int number => number,
            _ => null,
        };
        using var browser = new Browser(_host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), code);
        ShouldBeToldOnce(code);
    }

    [Fact]
    public async Task Token_ForSeveralThatDoesNotSayWhoAsked_IsRefused()
    {
        using var browser = new Browser(_host);
        _provider.Alter = static claims => claims["aud"] = new JsonArray("awooop", "another");
        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "token_audience_wrong");

        _provider.Alter = static claims =>
        {
            claims["aud"] = new JsonArray("awooop", "another");
            claims["azp"] = "awooop";
        };
        (await SignInAsync(browser, Begin)).ShouldBe("/");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    public async Task Token_OfAnAlgorithmThatProvesNothing_IsRefused(string algorithm)
    {
        _provider.Forge = claims => TestProvider.Sign(claims, new JsonObject { ["alg"] = algorithm }, static _ => []);
        using var browser = new Browser(_host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "token_algorithm_refused");
    }

    [Fact]
    public async Task Token_SignedByAKeyOfNobody_IsRefused()
    {
        var stranger = TestKey.Rsa("rsa-1");
        _provider.Forge = claims => _provider.Token(claims, stranger);
        using var browser = new Browser(_host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "token_signature_invalid");
        ShouldBeToldOnce("token_signature_invalid");
    }

    /// <summary>As those of others who are not known: nobody fills the log by failing.</summary>
    [Fact]
    public async Task SignIns_ThatFailOverTheBound_AreCountedAndToldTogether()
    {
        using var browser = new Browser(_host);
        for (var attempt = 0; attempt < DenialBudget.Told + 3; attempt++)
            await browser.GetAsync("/v1/platform/sign-in/callback?state=x&code=y");

        _operators.Denied.Count.ShouldBe(DenialBudget.Told);
        await _host.Services.GetRequiredService<DeniedActs>().FlushAsync();
        _operators.Counted.ShouldHaveSingleItem().Command.Count.ShouldBe(3);
    }

    [Fact]
    public async Task SignIn_ThatCannotBePutOnRecord_GivesNoSession()
    {
        _operators.Fault = new CommandUnavailableException("away");
        using var browser = new Browser(_host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "sign_in_not_recorded");
    }

    [Fact]
    public async Task Callback_OfAnotherProvider_IsRefused()
    {
        using var browser = new Browser(_host);
        var back = await ReturnOfAsync(browser);

        await ShouldFailAsync(
            browser, back.Replace(Uri.EscapeDataString(_provider.Issuer), Uri.EscapeDataString("https://other.example"), StringComparison.Ordinal), "token_issuer_unknown");
    }

    [Fact]
    public async Task Person_WhoSaysNo_IsBackAtTheSignIn()
    {
        _provider.Denial = "access_denied";
        using var browser = new Browser(_host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "sign_in_denied");
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("incidents")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    public async Task ReturnTo_OfAnotherHost_LeadsToTheFirstPage(string returnTo)
    {
        using var browser = new Browser(_host);

        (await SignInAsync(browser, $"{Begin}?return_to={Uri.EscapeDataString(returnTo)}")).ShouldBe("/");
    }

    [Fact]
    public async Task ConfidentialClient_WithItsSecret_IsTakenAndWithAnotherOrNoneIsNot()
    {
        _provider.ClientSecret = "s3cret";
        var host = await StartAsync(static front => front.Settings["Front:Oidc:Issuers:0:ClientSecret"] = "env://CORP_SECRET");
        try
        {
            using var browser = new Browser(host);
            await ShouldFailAsync(browser, await ReturnOfAsync(browser), "sign_in_secret_unavailable");

            host.Secrets.Known["env://CORP_SECRET"] = "wrong";
            await ShouldFailAsync(browser, await ReturnOfAsync(browser), "sign_in_code_refused");

            host.Secrets.Known["env://CORP_SECRET"] = "s3cret";
            (await SignInAsync(browser, Begin)).ShouldBe("/");
            host.Logs.Says("s3cret").ShouldBeFalse();
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Provider_ThatDoesNotAnswerAsItShould_IsTold()
    {
        _provider.ClaimedIssuer = "https://another.example";
        using var browser = new Browser(_host);

        var begun = await browser.GetAsync(Begin);

        begun.Headers.Location!.OriginalString.ShouldBe("/?sign_in_error=sign_in_provider_unavailable");
    }

    [Fact]
    public async Task Issuers_Listed_AreThoseThatAreOffered()
    {
        using var browser = new Browser(_host);

        var offered = (await (await browser.GetAsync("/v1/platform/sign-in")).JsonAsync()).EnumerateArray().ShouldHaveSingleItem();

        (offered.GetProperty("name").GetString(), offered.GetProperty("label").GetString()).ShouldBe(("corp", "Corporate sign-in"));
        (await browser.GetAsync("/v1/platform/sign-in/quiet/begin")).Headers.Location!.OriginalString.ShouldBe("/?sign_in_error=sign_in_issuer_unknown");
        (await browser.GetAsync("/v1/platform/sign-in/nobody/begin")).Headers.Location!.OriginalString.ShouldBe("/?sign_in_error=sign_in_issuer_unknown");
    }

    [Fact]
    public async Task SignOut_AfterASignIn_EndsTheSession()
    {
        using var browser = new Browser(_host);
        await SignInAsync(browser, Begin);

        (await browser.DeleteAsync("/v1/platform/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        _operators.Ended.ShouldHaveSingleItem().Caller.Actor.ShouldBe("ann@corp");
        browser.Cookies.ShouldBeEmpty();
        await (await browser.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private Task<FrontHost> StartAsync(Action<FrontHost>? prepare = null) => FrontHost.StartAsync(host =>
    {
        host.Settings["Front:Oidc:CallbackUrl"] = Callback;
        const string Issuer = "Front:Oidc:Issuers:0";
        host.Settings[$"{Issuer}:Name"] = "corp";
        host.Settings[$"{Issuer}:Label"] = "Corporate sign-in";
        host.Settings[$"{Issuer}:Issuer"] = _provider.Issuer;
        host.Settings[$"{Issuer}:Audience"] = "awooop";
        host.Settings[$"{Issuer}:InteractiveSignIn"] = "true";
        host.Settings[$"{Issuer}:Roles:0:Group"] = "sre";
        host.Settings[$"{Issuer}:Roles:0:Project"] = "awoooi";
        host.Settings[$"{Issuer}:Roles:0:Role"] = "Viewer";
        // Its tokens are taken; people do not sign in there.
        const string Quiet = "Front:Oidc:Issuers:1";
        host.Settings[$"{Quiet}:Name"] = "quiet";
        host.Settings[$"{Quiet}:Issuer"] = "https://quiet.example";
        host.Settings[$"{Quiet}:Audience"] = "awooop";
        host.Cluster.Put<IAuditGrain>("operators/audit", _operators);
        prepare?.Invoke(host);
    });

    /// <summary>The whole way, over the provider and back.</summary>
    /// <returns>Where the front leads to at its end.</returns>
    private async Task<string> SignInAsync(Browser browser, string begin) => (await browser.GetAsync(await ReturnOfAsync(browser, begin))).Headers.Location!.OriginalString;

    /// <returns>The path and query with which the provider sends the browser back.</returns>
    private async Task<string> ReturnOfAsync(Browser browser, string begin = Begin)
    {
        var begun = await browser.GetAsync(begin);
        using var person = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var answered = await person.GetAsync(begun.Headers.Location);
        var back = answered.Headers.Location.ShouldNotBeNull();
        back.GetLeftPart(UriPartial.Path).ShouldBe(Callback);
        return back.PathAndQuery;
    }

    private void ShouldBeToldOnce(string code)
    {
        var (caller, denied) = _operators.Denied.ShouldHaveSingleItem();
        caller.Actor.ShouldBe(Actors.Stranger);
        denied.ShouldBe(new DenyAct("SignIn", 401, code, $"401 {code}", null, "oidc", "127.0.0.1", null));
        _operators.Begun.ShouldBeEmpty();
    }

    private static async Task ShouldFailAsync(Browser browser, string back, string code)
    {
        var answer = await browser.GetAsync(back);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe($"/?sign_in_error={code}");
        browser.Cookies.Keys.ShouldNotContain(ConsoleSession.CookieName);
        await (await browser.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
