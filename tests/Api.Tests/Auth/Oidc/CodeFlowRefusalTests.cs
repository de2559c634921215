using System.Text.Json.Nodes;
using AwoooP.Audit;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Commands;
using AwoooP.Testing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>Sign-ins that fail: what the browser is told, and what goes on record.</summary>
public sealed class CodeFlowRefusalTests : CodeFlowStory
{
    [Fact]
    public async Task Callback_WithAnotherState_IsRefused()
    {
        using var browser = new Browser(Host);
        var back = await ReturnOfAsync(browser);

        await ShouldFailAsync(browser, back.Replace("state=", "state=A", StringComparison.Ordinal), "sign_in_expired");
    }

    [Fact]
    public async Task Callback_InAnotherBrowser_IsRefused()
    {
        using var mine = new Browser(Host);
        using var theirs = new Browser(Host);
        var back = await ReturnOfAsync(mine);

        await ShouldFailAsync(theirs, back, "sign_in_expired");

        await theirs.GetAsync(Begin);
        await ShouldFailAsync(theirs, back, "sign_in_expired");
    }

    [Fact]
    public async Task Callback_Replayed_IsRefusedByTheBrowsersUsedCookieAndByTheProvidersUsedCode()
    {
        using var browser = new Browser(Host);
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
        using var victim = new Browser(Host);
        using var thief = new Browser(Host);
        var stolen = QueryHelpers.ParseQuery(new Uri(Host.Address, await ReturnOfAsync(victim)).Query)["code"].ToString();
        var own = await ReturnOfAsync(thief);
        var code = QueryHelpers.ParseQuery(new Uri(Host.Address, own).Query)["code"].ToString();

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
        Provider.Alter = claims => claims[claim] = value switch
        {
            string text => text,
            int number => number,
            _ => null,
        };
        using var browser = new Browser(Host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), code);
        ShouldBeToldOnce(code);
    }

    [Fact]
    public async Task Token_ForSeveralThatDoesNotSayWhoAsked_IsRefused()
    {
        using var browser = new Browser(Host);
        Provider.Alter = static claims => claims["aud"] = new JsonArray("awooop", "another");
        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "token_audience_wrong");

        Provider.Alter = static claims =>
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
        Provider.Forge = claims => TestProvider.Sign(claims, new JsonObject { ["alg"] = algorithm }, static _ => []);
        using var browser = new Browser(Host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "token_algorithm_refused");
    }

    [Fact]
    public async Task Token_SignedByAKeyOfNobody_IsRefused()
    {
        var stranger = TestKey.Rsa("rsa-1");
        Provider.Forge = claims => Provider.Token(claims, stranger);
        using var browser = new Browser(Host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "token_signature_invalid");
        ShouldBeToldOnce("token_signature_invalid");
    }

    /// <summary>As those of others who are not known: nobody fills the log by failing.</summary>
    [Fact]
    public async Task SignIns_ThatFailOverTheBound_AreCountedAndToldTogether()
    {
        using var browser = new Browser(Host);
        for (var attempt = 0; attempt < DenialBudget.Told + 3; attempt++)
            await browser.GetAsync("/v1/platform/sign-in/callback?state=x&code=y");

        Operators.Denied.Count.ShouldBe(DenialBudget.Told);
        await Host.Services.GetRequiredService<DeniedActs>().FlushAsync();
        Operators.Counted.ShouldHaveSingleItem().Command.Count.ShouldBe(3);
    }

    [Fact]
    public async Task SignIn_ThatCannotBePutOnRecord_GivesNoSession()
    {
        Operators.Fault = new CommandUnavailableException("away");
        using var browser = new Browser(Host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "sign_in_not_recorded");
    }

    [Fact]
    public async Task Callback_OfAnotherProvider_IsRefused()
    {
        using var browser = new Browser(Host);
        var back = await ReturnOfAsync(browser);

        await ShouldFailAsync(
            browser, back.Replace(Uri.EscapeDataString(Provider.Issuer), Uri.EscapeDataString("https://other.example"), StringComparison.Ordinal), "token_issuer_unknown");
    }

    [Fact]
    public async Task Person_WhoSaysNo_IsBackAtTheSignIn()
    {
        Provider.Denial = "access_denied";
        using var browser = new Browser(Host);

        await ShouldFailAsync(browser, await ReturnOfAsync(browser), "sign_in_denied");
    }

    [Fact]
    public async Task Provider_ThatDoesNotAnswerAsItShould_IsTold()
    {
        Provider.ClaimedIssuer = "https://another.example";
        using var browser = new Browser(Host);

        var begun = await browser.GetAsync(Begin);

        begun.Headers.Location!.OriginalString.ShouldBe("/?sign_in_error=sign_in_provider_unavailable");
    }

    private void ShouldBeToldOnce(string code)
    {
        var (caller, denied) = Operators.Denied.ShouldHaveSingleItem();
        caller.Actor.ShouldBe(Actors.Stranger);
        denied.ShouldBe(new DenyAct("SignIn", 401, code, $"401 {code}", null, "oidc", "127.0.0.1", null));
        Operators.Begun.ShouldBeEmpty();
    }
}
