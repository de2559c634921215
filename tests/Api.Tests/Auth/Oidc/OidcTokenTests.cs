using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Operators;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>Which tokens are taken, and with what code each of the others is refused.</summary>
public sealed class OidcTokenTests : IAsyncLifetime
{
    private TestProvider _provider = null!;
    private TokenDesk _desk = null!;

    private JsonObject Good => _provider.Claims(_desk.Clock.GetUtcNow());

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

    [Theory]
    [InlineData("rsa-1")]
    [InlineData("ec-1")]
    public async Task Token_ThatIsGood_NamesTheOperatorAndItsRoles(string keyId)
    {
        var who = await _desk.AcceptedAsync(_provider.Token(Good, _provider.Keys.Single(key => key.KeyId == keyId)));

        who.OperatorId.ShouldBe("ann@corp");
        who.Method.ShouldBe("oidc");
        who.KeyId.ShouldBeNull();
        who.DefaultProject.ShouldBe("awoooi");
        who.Roles.ShouldBe(new Dictionary<string, OperatorRole> { ["awoooi"] = OperatorRole.Operator, ["shop"] = OperatorRole.Approver }, ignoreOrder: true);
        who.EndsAt.ShouldBe(_desk.Clock.GetUtcNow().AddMinutes(5));
    }

    [Fact]
    public async Task Token_OfNobodysGroup_HasNoRole()
    {
        var who = await _desk.AcceptedAsync(_provider.Token(With("sub", "bob", claims => claims["groups"] = "Sre")));

        who.OperatorId.ShouldBe("bob@corp");
        who.Roles.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("awoooi", "shop", "awoooi")]
    [InlineData("depot", "shop", "depot")]
    [InlineData("depot", "*", "awoooi")]
    public async Task Token_WithRolesElsewhereAlone_IsAtHomeWhereTheFirstOfThemIs(string one, string other, string home)
    {
        _desk.Oidc.Issuers[0].Roles.Clear();
        foreach (var project in (string[])[other, one])
            _desk.Oidc.Issuers[0].Roles.Add(new OidcRole { Subject = "ann", Project = project, Role = OperatorRole.Viewer });

        (await _desk.AcceptedAsync(_provider.Token(Good))).DefaultProject.ShouldBe(home);
    }

    [Fact]
    public async Task Token_ForSeveralAudiences_IsTakenWhenOneIsThis() =>
        await _desk.AcceptedAsync(_provider.Token(With("aud", new JsonArray("other", "awooop"))));

    [Theory]
    [InlineData("aud", "\"other\"", "token_audience_wrong")]
    [InlineData("aud", "\"Awooop\"", "token_audience_wrong")]
    [InlineData("aud", "[\"other\", 1]", "token_audience_wrong")]
    [InlineData("aud", null, "token_audience_wrong")]
    [InlineData("iss", "\"https://other.example\"", "token_issuer_unknown")]
    [InlineData("iss", "17", "token_issuer_unknown")]
    [InlineData("iss", null, "token_issuer_unknown")]
    [InlineData("exp", null, "token_without_expiry")]
    [InlineData("exp", "\"1800000000\"", "token_without_expiry")]
    [InlineData("exp", "-1", "token_without_expiry")]
    [InlineData("exp", "1.5", "token_expired")]
    [InlineData("nbf", "4000000000", "token_not_yet_valid")]
    [InlineData("nbf", "\"now\"", "token_not_yet_valid")]
    [InlineData("iat", "4000000000", "token_not_yet_valid")]
    [InlineData("sub", null, "token_subject_invalid")]
    [InlineData("sub", "\"\"", "token_subject_invalid")]
    [InlineData("sub", "17", "token_subject_invalid")]
    [InlineData("sub", "\"a b\"", "token_subject_invalid")]
    [InlineData("sub", "\"agent:planner\"", "token_subject_invalid")]
    [InlineData("sub", "\"worker:w1\"", "token_subject_invalid")]
    public async Task Token_WithAWrongClaim_IsRefusedByName(string claim, string? json, string code) =>
        (await _desk.RefusedAsync(_provider.Token(With(claim, json is null ? null : JsonNode.Parse(json))))).ShouldBe(code);

    [Fact]
    public async Task Token_WithASubjectOfALength_IsTakenUpToTheBound()
    {
        await _desk.AcceptedAsync(_provider.Token(With("sub", new string('a', 95))));
        (await _desk.RefusedAsync(_provider.Token(With("sub", new string('a', 96))))).ShouldBe("token_subject_invalid");
    }

    [Fact]
    public async Task Token_AtTheEdgesOfItsTime_IsTakenWithinTheSkewAlone()
    {
        var token = _provider.Token(Good);
        var late = _provider.Token(With("nbf", _desk.Clock.GetUtcNow().AddSeconds(61).ToUnixTimeSeconds()));
        var early = _provider.Token(With("nbf", _desk.Clock.GetUtcNow().AddSeconds(60).ToUnixTimeSeconds()));

        (await _desk.RefusedAsync(late)).ShouldBe("token_not_yet_valid");
        await _desk.AcceptedAsync(early);
        _desk.Clock.Advance(TimeSpan.FromMinutes(6) - TimeSpan.FromMilliseconds(1));
        await _desk.AcceptedAsync(token);
        _desk.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await _desk.RefusedAsync(token)).ShouldBe("token_expired");
    }

    [Theory]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("RS384")]
    [InlineData("PS256")]
    [InlineData("rs256")]
    [InlineData(null)]
    public async Task Token_OfAnotherAlgorithm_IsRefused(string? algorithm)
    {
        var header = new JsonObject { ["kid"] = "rsa-1" };
        if (algorithm is not null)
            header["alg"] = algorithm;

        (await _desk.RefusedAsync(_provider.Token(Good, header: header))).ShouldBe("token_algorithm_refused");
    }

    [Fact]
    public async Task Token_SignedWithThePublicKeyAsASecret_IsRefused()
    {
        var secret = Encoding.UTF8.GetBytes(_provider.Rsa.Jwk.ToJsonString());
        var forged = TestProvider.Sign(Good, new JsonObject { ["alg"] = "HS256", ["kid"] = "rsa-1" }, text => HMACSHA256.HashData(secret, text));
        var disguised = TestProvider.Sign(Good, new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa-1" }, text => HMACSHA256.HashData(secret, text));

        (await _desk.RefusedAsync(forged)).ShouldBe("token_algorithm_refused");
        (await _desk.RefusedAsync(disguised)).ShouldBe("token_signature_invalid");
    }

    [Fact]
    public async Task Token_OfAKeyForTheOtherAlgorithm_FindsNone() =>
        (await _desk.RefusedAsync(_provider.Token(Good, header: new JsonObject { ["alg"] = "ES256", ["kid"] = "rsa-1" }))).ShouldBe("token_key_unknown");

    [Fact]
    public async Task Token_OfAnothersKeyUnderAKnownId_IsRefused() =>
        (await _desk.RefusedAsync(_provider.Token(Good, TestKey.Rsa("rsa-1")))).ShouldBe("token_signature_invalid");

    [Fact]
    public async Task Token_ThatBringsItsOwnKey_IsNotBelieved()
    {
        var own = TestKey.Rsa("own");
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = "own", ["jwk"] = own.Jwk.DeepClone(), ["jku"] = "http://127.0.0.1:1/keys" };

        (await _desk.RefusedAsync(_provider.Token(Good, own, header))).ShouldBe("token_key_unknown");
    }

    [Theory]
    [InlineData("[\"b64\"]")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task Token_WithCriticalHeaders_IsRefused(string critical)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["kid"] = "rsa-1", ["crit"] = JsonNode.Parse(critical) };

        (await _desk.RefusedAsync(_provider.Token(Good, header: header))).ShouldBe("token_critical_header");
    }

    [Fact]
    public async Task Token_WithoutAKeyId_IsCheckedWithTheOnlyKeyOfItsAlgorithm()
    {
        var token = _provider.Token(Good, header: new JsonObject { ["alg"] = "RS256" });
        await _desk.AcceptedAsync(token);

        _provider.Keys.Add(TestKey.Rsa("rsa-2"));
        using var other = new TokenDesk(_provider);
        (await other.RefusedAsync(token)).ShouldBe("token_key_unknown");
    }

    [Fact]
    public async Task Token_TooLong_IsRefusedUnread()
    {
        (await _desk.RefusedAsync(new string('a', CompactToken.MaxLength + 1))).ShouldBe("token_too_long");
        (await _desk.RefusedAsync(_provider.Token(With("padding", new string('x', CompactToken.MaxLength))))).ShouldBe("token_too_long");
        _provider.Fetches.ShouldBe(0);
    }

    [Fact]
    public async Task Token_ThatIsNotInForm_IsRefused()
    {
        var parts = _provider.Token(Good).Split('.');
        foreach (var text in (string[])
        [
            "", ".", "..", "a.b", $"{parts[0]}.{parts[1]}", $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[2]}", $"{parts[0]}.{parts[1]}.{parts[2]}=",
            $" {parts[0]}.{parts[1]}.{parts[2]}", $"{parts[0]}\n.{parts[1]}.{parts[2]}", $"{parts[0]}.{parts[1]}.{parts[2].Replace('-', '+')}+",
            $"{Encoded("[]")}.{parts[1]}.{parts[2]}", $"{Encoded("{")}.{parts[1]}.{parts[2]}", $"{parts[0]}.{Encoded("17")}.{parts[2]}",
            $"{Encoded("""{"alg":"RS256","alg":"none"}""")}.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{Encoded("""{"iss":"a","iss":"b"}""")}.{parts[2]}", $"{parts[0]}.{Encoded("""{"iss":"\ud800"}""")}.{parts[2]}",
            $"{Encoded("""{"alg":"RS256","kid":"\udc00"}""")}.{parts[1]}.{parts[2]}",
        ])
            (await _desk.RefusedAsync(text)).ShouldBe("token_malformed", text);
    }

    private JsonObject With(string claim, JsonNode? value, Action<JsonObject>? more = null)
    {
        var claims = Good;
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = value;
        more?.Invoke(claims);
        return claims;
    }

    private static string Encoded(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
