using AwoooP.Contracts;
using AwoooP.Integrations.Signing;
using AwoooP.Signing;

namespace AwoooP.Integrations.Contracts;

/// <summary>The keys of contracts.</summary>
internal sealed class ContractKeys(SigningKeys keys) : IContractKeys
{
    public ValueTask<IReadOnlyList<SigningKey>> ReadAsync(CancellationToken cancellationToken) => keys.ReadAsync(SigningOptions.Contracts, cancellationToken);
}
