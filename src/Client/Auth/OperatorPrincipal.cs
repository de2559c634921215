using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>Who somebody was found to be, by whatever proof.</summary>
/// <param name="Roles">Role by project; <c>*</c> stands for every project.</param>
internal sealed record OperatorPrincipal(string OperatorId, string Method, string DefaultProject, IReadOnlyDictionary<string, OperatorRole> Roles)
{
    /// <summary>Null when it was no key.</summary>
    public string? KeyId { get; init; }

    /// <summary>Null: all that the roles allow.</summary>
    public KeyScope? Scope { get; init; }

    /// <summary>When the proof stops being good, if that can be said now.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    public static OperatorPrincipal Of(OperatorKeyView key) => new(
        key.OperatorId, key.OperatorId == LocalOperator.OperatorId ? AuthMethods.Local : AuthMethods.ApiKey, key.DefaultProject, key.Roles)
    {
        KeyId = key.KeyId,
        Scope = key.Scope,
        EndsAt = key.ExpiresAt,
    };
}
