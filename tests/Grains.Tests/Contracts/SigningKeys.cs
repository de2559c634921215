using System.Text;
using AwoooP.Contracts;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Keys that a test sets.</summary>
internal sealed class SigningKeys(params ContractKey[] keys) : IContractKeys
{
    public ContractKey[] Keys { get; set; } = keys;

    /// <summary>A key that everybody may use, its secret made of its name.</summary>
    public static ContractKey Key(string keyId, params string[] projects) => new(keyId, projects, Encoding.UTF8.GetBytes($"the secret of {keyId} {new string('x', ContractKey.LeastSecret)}"));

    public ContractKeyRing Of(string projectId) => new(projectId, Keys);

    public ValueTask<IReadOnlyList<ContractKey>> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<ContractKey>>(Keys);
}
