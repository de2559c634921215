using AwoooP.Operators;

namespace AwoooP.Client.Auth;

/// <summary>
/// What somebody is known by, for as long as it is to be looked at again: a session holds it, and an event stream asks for it. Neither secret nor token is
/// in it. One of the two is there.
/// </summary>
/// <param name="EndsAt">When it is good no more, whatever becomes of the key; null when only that decides.</param>
internal sealed record OperatorProof(KeyProof? Key, TokenProof? Token, DateTimeOffset? EndsAt)
{
    public static OperatorProof Of(KeyProof key) => new(key, null, null);

    public static OperatorProof Of(TokenProof token, DateTimeOffset endsAt) => new(null, token, endsAt);
}

/// <param name="SecretSha256">Of the secret that was shown: when that one has ended, so has what was begun with it.</param>
internal sealed record KeyProof(string KeyId, string SecretSha256)
{
    /// <summary>Which secret of the key it was; null when the key has neither any more.</summary>
    public KeySecret? Of(OperatorKeyView key) =>
        key.SecretSha256 == SecretSha256 ? KeySecret.Current : key.PreviousSha256 == SecretSha256 ? KeySecret.Previous : null;
}

/// <summary>What the token said; the roles come from the settings, every time.</summary>
/// <param name="Issuer">Its name here.</param>
/// <param name="Groups">Those that have a role here.</param>
internal sealed record TokenProof(string Issuer, string Subject, IReadOnlyList<string> Groups);
