using System.Net;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>A front and a provider, each on a real server, and the way of a browser between them.</summary>
public abstract class CodeFlowStory : IAsyncLifetime
{
    private protected const string Begin = "/v1/platform/sign-in/corp/begin";
    private protected const string Callback = "http://127.0.0.1:9/v1/platform/sign-in/callback";

    private protected TestProvider Provider { get; private set; } = null!;

    private protected RecordingAuditGrain Operators { get; } = new();

    private protected FrontHost Host { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Provider = await TestProvider.StartAsync();
        Provider.RedirectUri = Callback;
        Host = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await Provider.DisposeAsync();
    }

    private protected Task<FrontHost> StartAsync(Action<FrontHost>? prepare = null) => FrontHost.StartAsync(host =>
    {
        host.Settings["Front:Oidc:CallbackUrl"] = Callback;
        const string Issuer = "Front:Oidc:Issuers:0";
        host.Settings[$"{Issuer}:Name"] = "corp";
        host.Settings[$"{Issuer}:Label"] = "Corporate sign-in";
        host.Settings[$"{Issuer}:Issuer"] = Provider.Issuer;
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
        host.Cluster.Put<IAuditGrain>("operators/audit", Operators);
        prepare?.Invoke(host);
    });

    /// <summary>The whole way, over the provider and back.</summary>
    /// <returns>Where the front leads to at its end.</returns>
    private protected async Task<string> SignInAsync(Browser browser, string begin) => (await browser.GetAsync(await ReturnOfAsync(browser, begin))).Headers.Location!.OriginalString;

    /// <returns>The path and query with which the provider sends the browser back.</returns>
    private protected async Task<string> ReturnOfAsync(Browser browser, string begin = Begin)
    {
        var begun = await browser.GetAsync(begin);
        using var person = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var answered = await person.GetAsync(begun.Headers.Location);
        var back = answered.Headers.Location.ShouldNotBeNull();
        back.GetLeftPart(UriPartial.Path).ShouldBe(Callback);
        return back.PathAndQuery;
    }

    private protected static async Task ShouldFailAsync(Browser browser, string back, string code)
    {
        var answer = await browser.GetAsync(back);

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe($"/?sign_in_error={code}");
        browser.Cookies.Keys.ShouldNotContain(ConsoleSession.CookieName);
        await (await browser.GetAsync("/v1/platform/me")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }
}
