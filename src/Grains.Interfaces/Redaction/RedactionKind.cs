namespace AwoooP.Redaction;

/// <summary>What stands behind <c>[REDACTED:{kind}]</c>.</summary>
public static class RedactionKind
{
    public const string PrivateKey = "private_key";
    public const string JsonWebToken = "jwt";
    public const string Authorization = "authorization";
    public const string ProviderToken = "provider_token";
    public const string UrlPassword = "url_password";
    public const string Secret = "secret";
    public const string Email = "email";
    public const string PaymentCard = "card";
    public const string Phone = "phone";
    public const string NationalId = "national_id";

    /// <summary>Text that was not examined: past <see cref="Redactor.MaxLength"/>, or without a stable answer. It is not kept.</summary>
    public const string Unexamined = "unexamined";
}
