using AwoooP.Contracts;
using AwoooP.Grains.Tests.Contracts;

namespace AwoooP.Grains.Tests.Harness;

/// <summary>The contract of the agent that <see cref="Plans.Model"/> asks, on the way into force.</summary>
internal static class TriageAgent
{
    public static IContractGrain Of(DomainPlatform platform) => platform.Grains.GetGrain<IContractGrain>($"{GrainHarness.Project}/agent/triage");

    public static async Task PutInForceAsync(DomainPlatform platform)
    {
        await PublishAsync(platform);
        await SignAsync(platform);
    }

    public static async Task PublishAsync(DomainPlatform platform)
    {
        await platform.AcceptedAsync("ann", token => Of(platform).DraftAsync(new DraftContract(ContractFixtures.Valid(ContractKind.Agent)), token));
        var sha256 = await Sha256Async(platform);
        await platform.AcceptedAsync("ann", token => Of(platform).PublishAsync(new PublishContract(1, sha256), token));
    }

    public static async Task SignAsync(DomainPlatform platform)
    {
        var sha256 = await Sha256Async(platform);
        foreach (var signer in (string[])["ben", "cho"])
        {
            platform.Clock.Advance(TimeSpan.FromSeconds(1));
            await platform.AcceptedAsync(signer, token => Of(platform).SignAsync(new SignContract(1, sha256, Guid.CreateVersion7(platform.Now)), token));
        }
    }

    private static async Task<string> Sha256Async(DomainPlatform platform) =>
        (await platform.AsAsync("dee", Of(platform).GetAsync))!.Versions.Single().Sha256;
}
