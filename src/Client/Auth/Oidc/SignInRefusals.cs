namespace AwoooP.Client.Auth.Oidc;

/// <summary>Why a sign-in at a provider came to nothing, beside what is said of its token (<see cref="TokenRefusal"/>). The console has words for each.</summary>
internal static class SignInRefusals
{
    /// <summary>No such provider is offered here.</summary>
    public const string UnknownIssuer = "sign_in_issuer_unknown";

    /// <summary>The browser began no such sign-in, began another since, used it before, or took too long.</summary>
    public const string Expired = "sign_in_expired";

    /// <summary>The provider, or the person there, said no.</summary>
    public const string Denied = "sign_in_denied";

    /// <summary>The provider did not take the code or the client.</summary>
    public const string CodeRefused = "sign_in_code_refused";

    /// <summary>The client's secret cannot be read.</summary>
    public const string SecretUnavailable = "sign_in_secret_unavailable";

    /// <summary>It could not be put on record, and so did not happen.</summary>
    public const string NotRecorded = "sign_in_not_recorded";

    /// <summary>The provider does not answer, or not as it should.</summary>
    public const string ProviderUnavailable = "sign_in_provider_unavailable";
}
