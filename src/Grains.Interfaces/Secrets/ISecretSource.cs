namespace AwoooP.Secrets;

/// <summary>Reads a secret where it is kept, for those who know it by its reference alone.</summary>
public interface ISecretSource
{
    /// <param name="reference"><c>env://NAME</c>, <c>file:///path</c> or <c>file:///path#key</c>.</param>
    /// <returns>Null when it cannot be read now; the reason is logged where the secrets are.</returns>
    ValueTask<string?> FindAsync(string reference, CancellationToken cancellationToken);
}
