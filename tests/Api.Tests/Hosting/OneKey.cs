using System.Text;
using AwoooP.Contracts;
using AwoooP.Signing;

namespace AwoooP.Api.Tests.Hosting;

/// <summary>Contracts are sealed and signed with a key of the tests' own.</summary>
internal sealed class OneKey : IContractKeys
{
    public ValueTask<IReadOnlyList<SigningKey>> ReadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<SigningKey>>([new SigningKey("k1", [], Encoding.ASCII.GetBytes(new string('k', SigningKey.LeastSecret)))]);
}
