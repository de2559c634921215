using AwoooP.Commands;

namespace AwoooP.Operators;

/// <summary>
/// Somebody whose signature counts where two people must sign. Whoever issued a key has seen its secret, and the same is true of whoever issued the issuer's:
/// so two names are two people only when neither could have acted under the other's, and no third under both. The operator of the machine, who issues
/// the first keys, is no such third: the machine and its signing keys are theirs anyway.
/// </summary>
internal sealed record Signatory(string Name, IReadOnlyList<string>? IssuedBy)
{
    public bool IsIndependentOf(Signatory other) =>
        Name != other.Name
        && !HasItsKeyFrom(other.Name)
        && !other.HasItsKeyFrom(Name)
        && !(IssuedBy ?? []).Any(issuer => issuer != Actors.LocalOperator && other.HasItsKeyFrom(issuer));

    /// <summary>The platform, which makes the first key, is nobody.</summary>
    public bool HasItsKeyFrom(string name) => name != Actors.Platform && IssuedBy is not null && IssuedBy.Contains(name);
}
