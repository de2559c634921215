using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>Who somebody was found to be, by whatever proof.</summary>
/// <param name="Roles">Role by project; <c>*</c> stands for every project.</param>
internal sealed record OperatorPrincipal(string OperatorId, string Method, string DefaultProject, IReadOnlyDictionary<string, OperatorRole> Roles)
{
    public required OperatorProof Proof { get; init; }

    /// <summary>Null when it was no key.</summary>
    public string? KeyId => Proof.Key?.KeyId;

    /// <summary>Whose bounds are theirs: the key's, or the operator's with tokens. People of two tenants may have one name; no name has a space.</summary>
    public string Holder => KeyId is { } keyId ? $"key {keyId}" : OperatorId;

    /// <summary>Null: all that the roles allow.</summary>
    public KeyScope? Scope { get; init; }

    /// <summary>Who may know the key's secret, too (see <see cref="OperatorKeyView.IssuedBy"/>); nobody with a token.</summary>
    public IReadOnlyList<string> IssuedBy { get; init; } = [];

    /// <summary>When the proof stops being good, if that can be said now.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>The default of somebody for whom none is named: the platform's, unless the roles are in other projects alone; then the first of those by name.</summary>
    public static string HomeOf(IReadOnlyDictionary<string, OperatorRole> roles, string defaultProject) =>
        roles.ContainsKey(defaultProject) || roles.ContainsKey("*") ? defaultProject : roles.Keys.Min(StringComparer.Ordinal) ?? defaultProject;

    public static OperatorPrincipal Of(OperatorKeyView key, KeySecret secret, OperatorProof proof) => new(
        key.OperatorId, key.OperatorId == LocalOperator.OperatorId ? AuthMethods.Local : AuthMethods.ApiKey, key.DefaultProject, key.Roles)
    {
        Proof = proof,
        Scope = key.Scope,
        IssuedBy = key.IssuedBy ?? [],
        EndsAt = new[] { key.ExpiresAt, proof.EndsAt, secret == KeySecret.Previous ? key.PreviousUntil : null }.Min(),
    };
}
