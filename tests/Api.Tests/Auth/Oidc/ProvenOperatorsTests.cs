using AwoooP.Api.Tests.Hosting;
using AwoooP.Client.Auth;
using AwoooP.Operators;
using AwoooP.Testing;
using Microsoft.Extensions.Options;

namespace AwoooP.Api.Tests.Auth.Oidc;

/// <summary>What a token proved is looked at again with every use of its session.</summary>
public sealed class ProvenOperatorsTests : IAsyncLifetime
{
    private TestProvider _provider = null!;
    private TokenDesk _desk = null!;
    private ProvenOperators _operators = null!;

    public async Task InitializeAsync()
    {
        _provider = await TestProvider.StartAsync();
        _desk = new TokenDesk(_provider);
        var options = Options.Create(_desk.Options);
        _operators = new ProvenOperators(new OperatorKeyDirectory(new StubCluster(), _desk.Clock, options), options, _desk.Clock);
    }

    public async Task DisposeAsync()
    {
        _desk.Dispose();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Find_ByATokensProof_HasTheRolesThatTheSettingsGiveNow()
    {
        var proof = await ProofAsync();
        (await FindAsync(proof)).ShouldNotBeNull().Roles.ShouldBe(
            new Dictionary<string, OperatorRole> { ["awoooi"] = OperatorRole.Operator, ["shop"] = OperatorRole.Approver }, ignoreOrder: true);

        _desk.Oidc.Issuers[0].Roles.Clear();
        (await FindAsync(proof)).ShouldNotBeNull().Roles.ShouldBeEmpty();

        _desk.Oidc.Issuers.Clear();
        (await FindAsync(proof)).ShouldBeNull();
    }

    [Fact]
    public async Task Find_PastTheEndOfTheProof_IsNobody()
    {
        var proof = await ProofAsync();

        _desk.Clock.Advance(TimeSpan.FromMinutes(5));

        (await FindAsync(proof)).ShouldBeNull();
    }

    private async Task<OperatorProof> ProofAsync() => (await _desk.AcceptedAsync(_provider.Token(_provider.Claims(_desk.Clock.GetUtcNow())))).Proof;

    private ValueTask<OperatorPrincipal?> FindAsync(OperatorProof proof) => _operators.FindAsync(proof, CancellationToken.None);
}
