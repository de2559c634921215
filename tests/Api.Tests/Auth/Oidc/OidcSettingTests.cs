using AwoooP.Client;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Operators;

namespace AwoooP.Api.Tests.Auth.Oidc;

public sealed class OidcSettingTests
{
    [Fact]
    public void Issuer_ThatIsWhole_IsTaken() => Faults(_ => { }).ShouldBeEmpty();

    [Theory]
    [InlineData("http://idp.example")]
    [InlineData("ftp://idp.example")]
    [InlineData("https://user:secret@idp.example")]
    [InlineData("idp.example")]
    [InlineData("")]
    public void Issuer_ThatMayNotBeAsked_IsRefused(string issuer) =>
        Faults(options => options.Oidc.Issuers[0].Issuer = issuer).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:Issuers:0:Issuer must be");

    [Fact]
    public void Keys_ThatMayNotBeAsked_AreRefused() =>
        Faults(options => options.Oidc.Issuers[0].JwksUrl = new Uri("http://idp.example/keys")).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:Issuers:0:JwksUrl must be");

    [Theory]
    [InlineData("")]
    [InlineData("Corp")]
    [InlineData("a@b")]
    public void Name_OfAnotherForm_IsRefused(string name) =>
        Faults(options => options.Oidc.Issuers[0].Name = name).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:Issuers:0:Name must be");

    [Fact]
    public void Issuers_OfOneName_AreRefused() => Faults(options =>
    {
        options.Oidc.Issuers.Add(TokenDesk.Trust("https://other.example"));
    }).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:Issuers:1:Name must be its own");

    [Fact]
    public void Role_WithoutItsParts_IsRefused()
    {
        Faults(options => options.Oidc.Issuers[0].Roles.Insert(0, new OidcRole { Project = "awoooi", Role = OperatorRole.Viewer })).ShouldHaveSingleItem().ShouldContain("Roles:0 must have a Group or a Subject");
        Faults(options => options.Oidc.Issuers[0].Roles.Insert(0, new OidcRole { Group = "g", Project = "a b", Role = OperatorRole.Viewer })).ShouldHaveSingleItem().ShouldContain("Roles:0:Project");
        Faults(options => options.Oidc.Issuers[0].Roles.Insert(0, new OidcRole { Group = "g", Project = "awoooi" })).ShouldHaveSingleItem().ShouldContain("Roles:0:Role");
    }

    [Fact]
    public void Times_OutOfBounds_AreRefused()
    {
        Faults(options => options.Oidc.ClockSkew = TimeSpan.FromMinutes(6)).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:ClockSkew must be between");
        Faults(options => options.Oidc.RefetchInterval = TimeSpan.Zero).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:RefetchInterval must be between");
        Faults(options => options.Oidc.KeysKept = TimeSpan.FromMinutes(1)).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:KeysKept must be between");
    }

    [Theory]
    [InlineData("http://console.example/v1/platform/sign-in/callback")]
    [InlineData("https://console.example/v1/platform/sign-in/callback?x=1")]
    [InlineData("https://console.example/v1/platform/sign-in/callback/")]
    [InlineData("https://console.example/")]
    [InlineData("/v1/platform/sign-in/callback")]
    public void CallbackUrl_ThatIsNotTheCallback_IsRefused(string url) => Faults(options => options.Oidc.CallbackUrl = new Uri(url, UriKind.RelativeOrAbsolute))
        .ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:CallbackUrl must be");

    [Fact]
    public void InteractiveSignIn_WithoutACallback_IsRefusedAndWithItTaken()
    {
        Faults(static options => options.Oidc.Issuers[0].InteractiveSignIn = true).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:CallbackUrl must be");
        Faults(static options =>
        {
            options.Oidc.Issuers[0].InteractiveSignIn = true;
            options.Oidc.CallbackUrl = new Uri("https://console.example/v1/platform/sign-in/callback");
        }).ShouldBeEmpty();
    }

    [Fact]
    public void ClientSecret_WrittenOutright_IsRefusedAndNotRepeated()
    {
        var fault = Faults(static options => options.Oidc.Issuers[0].ClientSecret = "hunter2hunter2").ShouldHaveSingleItem();

        fault.ShouldStartWith("Front:Oidc:Issuers:0:ClientSecret must be a reference");
        fault.ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("")]
    [InlineData("profile")]
    [InlineData("openidx")]
    public void Scope_WithoutOpenId_IsRefused(string scope) =>
        Faults(options => options.Oidc.Issuers[0].Scope = scope).ShouldHaveSingleItem().ShouldStartWith("Front:Oidc:Issuers:0:Scope must have openid");

    private static IEnumerable<string> Faults(Action<FrontOptions> change)
    {
        var options = new FrontOptions();
        options.Oidc.Issuers.Add(TokenDesk.Trust("https://idp.example"));
        change(options);
        return new ValidateOidcOptions().Validate(null, options).Failures ?? [];
    }
}
