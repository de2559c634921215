using AwoooP.Client.Problems;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>Why a token is not taken. The codes are stable; none tells more than the token itself says.</summary>
internal sealed record TokenRefusal(string Code, string Detail)
{
    public static readonly TokenRefusal Malformed = new("token_malformed", "The token is not a JSON web signature in compact form.");
    public static readonly TokenRefusal TooLong = new("token_too_long", $"The token has more than {CompactToken.MaxLength} characters.");
    public static readonly TokenRefusal Algorithm = new("token_algorithm_refused", "Only RS256 and ES256 are taken.");
    public static readonly TokenRefusal Critical = new("token_critical_header", "The token asks for an extension (crit) that is not known here.");
    public static readonly TokenRefusal Issuer = new("token_issuer_unknown", "The token's issuer is none of those that are trusted here.");
    public static readonly TokenRefusal Key = new("token_key_unknown", "The token's issuer has no such key for the algorithm.");
    public static readonly TokenRefusal Signature = new("token_signature_invalid", "The token's signature does not fit.");
    public static readonly TokenRefusal Audience = new("token_audience_wrong", "The token is for somebody else.");
    public static readonly TokenRefusal NoExpiry = new("token_without_expiry", "The token has no time (exp) at which it ends.");
    public static readonly TokenRefusal Expired = new("token_expired", "The token has ended.");
    public static readonly TokenRefusal NotYet = new("token_not_yet_valid", "The token is not good yet.");
    public static readonly TokenRefusal Nonce = new("token_nonce_wrong", "The token was made for another sign-in.");
    public static readonly TokenRefusal Subject = new("token_subject_invalid", "The token names nobody, or by a name that cannot be an operator's.");

    /// <summary>Not the caller's fault: the same token may be taken in a while.</summary>
    public static readonly TokenRefusal NoKeys = new("token_keys_unavailable", "The issuer's keys cannot be fetched at the moment.");

    public ProblemDocument Problem => this == NoKeys ? Problems.Problem.Unavailable(Code, Detail) : Problems.Problem.Unauthorized(Code, Detail);
}
