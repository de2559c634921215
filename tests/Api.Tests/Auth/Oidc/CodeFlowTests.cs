using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using Microsoft.AspNetCore.WebUtilities;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>Signing in at a provider by a browser that keeps cookies.</summary>
public sealed class CodeFlowTests : CodeFlowStory
{
    [Fact]
    public async Task SignIn_AtTheProvider_GivesTheSessionOfTheTokensOperator()
    {
        using var browser = new Browser(Host);

        var back = await SignInAsync(browser, $"{Begin}?return_to=%2Fincidents%2FINC-1");

        back.ShouldBe("/incidents/INC-1");
        var me = await (await browser.GetAsync("/v1/platform/me")).JsonAsync();
        me.GetProperty("operator_id").GetString().ShouldBe("ann@corp");
        var (caller, began) = Operators.Begun.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor, began.Method, began.KeyId).ShouldBe(("operators", "ann@corp", "oidc", null));
        Operators.Denied.ShouldBeEmpty();
        me.GetProperty("auth_method").GetString().ShouldBe("oidc");
        me.GetProperty("roles").GetProperty("awoooi").GetString().ShouldBe("viewer");
        browser.Cookies.Keys.ShouldHaveSingleItem("the attempt is used up").ShouldBe(ConsoleSession.CookieName);
    }

    [Fact]
    public async Task Begin_OfASignIn_AsksForACodeBoundToThisBrowserAndToBeLedBackExactly()
    {
        using var browser = new Browser(Host);

        var begun = await browser.GetAsync(Begin);
        var asked = QueryHelpers.ParseQuery(begun.Headers.Location!.Query);

        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        begun.Headers.Location.GetLeftPart(UriPartial.Path).ShouldBe($"{Provider.Issuer}/authorize");
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

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("incidents")]
    [InlineData("/a\r\nSet-Cookie: x=y")]
    public async Task ReturnTo_OfAnotherHost_LeadsToTheFirstPage(string returnTo)
    {
        using var browser = new Browser(Host);

        (await SignInAsync(browser, $"{Begin}?return_to={Uri.EscapeDataString(returnTo)}")).ShouldBe("/");
    }

    [Fact]
    public async Task ConfidentialClient_WithItsSecret_IsTakenAndWithAnotherOrNoneIsNot()
    {
        Provider.ClientSecret = "s3cret";
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
    public async Task Issuers_Listed_AreThoseThatAreOffered()
    {
        using var browser = new Browser(Host);

        var offered = (await (await browser.GetAsync("/v1/platform/sign-in")).JsonAsync()).EnumerateArray().ShouldHaveSingleItem();

        (offered.GetProperty("name").GetString(), offered.GetProperty("label").GetString()).ShouldBe(("corp", "Corporate sign-in"));
        (await browser.GetAsync("/v1/platform/sign-in/quiet/begin")).Headers.Location!.OriginalString.ShouldBe("/?sign_in_error=sign_in_issuer_unknown");
        (await browser.GetAsync("/v1/platform/sign-in/nobody/begin")).Headers.Location!.OriginalString.ShouldBe("/?sign_in_error=sign_in_issuer_unknown");
    }

    [Fact]
    public async Task SignOut_AfterASignIn_EndsTheSession()
    {
        using var browser = new Browser(Host);
        await SignInAsync(browser, Begin);

        (await browser.DeleteAsync("/v1/platform/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        Operators.Ended.ShouldHaveSingleItem().Caller.Actor.ShouldBe("ann@corp");
        browser.Cookies.ShouldBeEmpty();
        await (await browser.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
