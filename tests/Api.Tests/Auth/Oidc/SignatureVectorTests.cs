using System.Text.Json;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Testing;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>The examples of RFC 7515, appendix A.</summary>
public sealed class SignatureVectorTests
{
    private const string Payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private const string Hs256 = $"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{Payload}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private const string Rs256 =
        $"eyJhbGciOiJSUzI1NiJ9.{Payload}."
        + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
        + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
        + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

    private const string Es256 =
        $"eyJhbGciOiJFUzI1NiJ9.{Payload}.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private const string None = $"eyJhbGciOiJub25lIn0.{Payload}.";

    private const string RsaJwk =
        """
        {"kty":"RSA",
         "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
         "e":"AQAB"}
        """;

    private const string EllipticJwk =
        """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    [Theory]
    [InlineData(Rs256, RsaJwk, "RS256")]
    [InlineData(Es256, EllipticJwk, "ES256")]
    public void Example_OfItsKey_IsVerified(string text, string jwk, string algorithm)
    {
        var token = Read(text);
        var key = new KeySet([Key(jwk)]).Find(token.Text("kid"), algorithm).ShouldNotBeNull();

        token.Text("alg").ShouldBe(algorithm);
        token.Claims.GetProperty("iss").GetString().ShouldBe("joe");
        key.Verifies(token.Signed, token.Signature).ShouldBeTrue();
    }

    [Theory]
    [InlineData(Rs256, RsaJwk)]
    [InlineData(Es256, EllipticJwk)]
    public void Example_WithAnyPartChanged_IsNotVerified(string text, string jwk)
    {
        var token = Read(text);
        var key = Key(jwk);
        foreach (var at in (int[])[0, token.Signature.Length / 2, token.Signature.Length - 1])
            key.Verifies(token.Signed, Changed(token.Signature, at)).ShouldBeFalse();

        foreach (var at in (int[])[0, token.Signed.Length - 1])
            key.Verifies(Changed(token.Signed, at), token.Signature).ShouldBeFalse();

        key.Verifies(token.Signed, token.Signature.AsSpan(1)).ShouldBeFalse();
        key.Verifies(token.Signed, []).ShouldBeFalse();
    }

    [Theory]
    [InlineData(Rs256, EllipticJwk)]
    [InlineData(Es256, RsaJwk)]
    public void Example_OfTheOtherAlgorithm_FindsNoKey(string text, string jwk) => new KeySet([Key(jwk)]).Find(null, Read(text).Text("alg")!).ShouldBeNull();

    [Theory]
    [InlineData(Hs256)]
    [InlineData(None)]
    public async Task Example_OfAnAlgorithmThatIsNotTaken_IsRefused(string text)
    {
        await using var provider = await TestProvider.StartAsync();
        using var desk = new TokenDesk(provider);

        (await desk.RefusedAsync(text)).ShouldBe("token_algorithm_refused");
        provider.Fetches.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}""")]
    [InlineData("""{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}""")]
    [InlineData("""{"kty":"RSA","n":"AQAB","e":"AQAB"}""")]
    [InlineData("""{"kty":"RSA","n":"not base64!","e":"AQAB"}""")]
    [InlineData("""{"kty":"RSA"}""")]
    [InlineData("17")]
    public void Key_ThatIsOfAnotherKindOrTooWeakOrOffTheCurve_IsPassedOver(string jwk) => From(jwk).ShouldBeNull();

    [Theory]
    [InlineData("enc", null)]
    [InlineData(null, "RS512")]
    public void Key_ForSomethingElse_IsPassedOver(string? use, string? algorithm)
    {
        var jwk = TestKey.Rsa("k").Jwk;
        jwk["use"] = use ?? "sig";
        jwk["alg"] = algorithm ?? "RS256";

        From(jwk.ToJsonString()).ShouldBeNull();
    }

    private static CompactToken Read(string text)
    {
        CompactToken.Read(text, out var token).ShouldBeNull();
        return token.ShouldNotBeNull();
    }

    private static IssuerKey Key(string jwk) => From(jwk).ShouldNotBeNull();

    private static IssuerKey? From(string jwk)
    {
        using var document = JsonDocument.Parse(jwk);
        return IssuerKey.From(document.RootElement);
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var changed = bytes.ToArray();
        changed[at] ^= 1;
        return changed;
    }
}
