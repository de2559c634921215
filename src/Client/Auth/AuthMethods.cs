namespace AwoooP.Client.Auth;

/// <summary>How a person was known: <c>auth_method</c> of the API, and what is stored with votes.</summary>
internal static class AuthMethods
{
    public const string ApiKey = "api_key";
    public const string Oidc = "oidc";

    /// <summary>By the key of the operator of this machine.</summary>
    public const string Local = "local";
}
