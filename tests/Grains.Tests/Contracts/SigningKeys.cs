using System.Text;
using AwoooP.Contracts;
using AwoooP.Signing;

namespace AwoooP.Grains.Tests.Contracts;

/// <summary>Keys that a test sets.</summary>
internal sealed class SigningKeys(params SigningKey[] keys) : IContractKeys
{
    public SigningKey[] Keys { get; set; } = keys;

    /// <summary>A key that everybody may use, its secret made of its name.</summary>
    public static SigningKey Key(string keyId, params string[] projects) => new(keyId, projects, Encoding.UTF8.GetBytes($"the secret of {keyId} {new string('x', SigningKey.LeastSecret)}"));

    public ContractKeyRing Of(string projectId) => new(projectId, Keys);

    public ValueTask<IReadOnlyList<SigningKey>> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IReadOnlyList<SigningKey>>(Keys);
}
