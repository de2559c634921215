using AwoooP.Client;
using AwoooP.Client.Auth;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Operators;
using AwoooP.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>What checks tokens, with one provider and a clock that the test moves.</summary>
internal sealed class TokenDesk : IDisposable
{
    private readonly IssuerDocuments _documents = new();
    private readonly OidcTokens _tokens;

    public TokenDesk(TestProvider provider)
    {
        Options.Oidc.Issuers.Add(Trust(provider.Issuer));
        _tokens = new OidcTokens(Microsoft.Extensions.Options.Options.Create(Options), _documents, Clock, NullLogger<IssuerKeys>.Instance);
    }

    public FakeClock Clock { get; } = new();

    public FrontOptions Options { get; } = new();

    public OidcOptions Oidc => Options.Oidc;

    public static OidcIssuer Trust(string issuer) => new()
    {
        Name = "corp",
        Issuer = issuer,
        Audience = "awooop",
        Roles =
        {
            new OidcRole { Group = "sre", Project = "awoooi", Role = OperatorRole.Viewer },
            new OidcRole { Group = "chess", Project = "awoooi", Role = OperatorRole.Operator },
            new OidcRole { Subject = "ann", Project = "shop", Role = OperatorRole.Approver },
            new OidcRole { Group = "owners", Project = "*", Role = OperatorRole.Admin },
        },
    };

    public async Task<OperatorPrincipal> AcceptedAsync(string token)
    {
        var (who, refusal) = await _tokens.VerifyAsync(token, CancellationToken.None);
        refusal.ShouldBeNull();
        return who.ShouldNotBeNull();
    }

    public async Task<string> RefusedAsync(string token)
    {
        var (who, refusal) = await _tokens.VerifyAsync(token, CancellationToken.None);
        who.ShouldBeNull();
        return refusal.ShouldNotBeNull().Code;
    }

    /// <summary>Null when the token is taken.</summary>
    public async Task<string?> CodeOfAsync(string token) => (await _tokens.VerifyAsync(token, CancellationToken.None)).Refusal?.Code;

    public void Dispose() => _documents.Dispose();
}
