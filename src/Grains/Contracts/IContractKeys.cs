using AwoooP.Signing;

namespace AwoooP.Contracts;

/// <summary>Where the keys of contracts come from.</summary>
public interface IContractKeys
{
    /// <summary>Every key, the one that signs first. A key that cannot be read now is among them without its secret.</summary>
    ValueTask<IReadOnlyList<SigningKey>> ReadAsync(CancellationToken cancellationToken);
}
