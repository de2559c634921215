using AwoooP.Operators;

namespace AwoooP.Client.Auth.Oidc;

/// <summary>Identity providers whose tokens are taken beside operator keys (<c>Front:Oidc</c>). Without issuers, none is.</summary>
public sealed class OidcOptions
{
    public const string Section = $"{FrontOptions.Section}:{nameof(FrontOptions.Oidc)}";

    public IList<OidcIssuer> Issuers { get; set; } = [];

    /// <summary>
    /// This front's <c>/v1/platform/sign-in/callback</c> as browsers reach it, to the character as it is registered at the providers. https, or http on a
    /// loopback address. Needed where people sign in at a provider.
    /// </summary>
    public Uri? CallbackUrl { get; set; }

    /// <summary>How far a provider's clock and this one may differ. Default 1 minute; 0 to 5 minutes: a token is good that much longer, too.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After this long, keys are fetched again when a token is checked. Default 1 hour; 1 minute to 1 day. So long may a withdrawn key still work.</summary>
    public TimeSpan KeysRefresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Between two fetches, whatever unknown keys tokens name. Default 30 seconds; 1 second to 1 hour.</summary>
    public TimeSpan RefetchInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long known keys serve while they cannot be fetched; tokens are answered with 503 after it. Default 1 day; KeysRefresh to 30 days.</summary>
    public TimeSpan KeysKept { get; set; } = TimeSpan.FromDays(1);

    /// <summary>For one fetch, discovery and keys together. Default 5 seconds; 1 to 30 seconds.</summary>
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>One identity provider.</summary>
public sealed class OidcIssuer
{
    /// <summary>1 to 32 of a-z, 0-9 and -. An operator known by it is <c>{subject}@{name}</c>, so that two providers cannot mean one person by accident.</summary>
    public string Name { get; set; } = "";

    /// <summary>What tokens must say in <c>iss</c>, to the character. https, or http on a loopback address.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>What tokens must say in <c>aud</c>: the name that this platform has at the provider. As a client there, its client id.</summary>
    public string Audience { get; set; } = "";

    /// <summary>Where the keys are. Default: what the provider's discovery document (<c>{issuer}/.well-known/openid-configuration</c>) says.</summary>
    public Uri? JwksUrl { get; set; }

    /// <summary>The claim that names the operator; it must never be given to another person.</summary>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>The claim that lists groups: a text, or an array of texts.</summary>
    public string GroupsClaim { get; set; } = "groups";

    /// <summary>Whether the console's sign-in page offers this provider (authorization code with PKCE). Default no.</summary>
    public bool InteractiveSignIn { get; set; }

    /// <summary>What the sign-in page calls it: 1 to 64 characters. Default: the name.</summary>
    public string? Label { get; set; }

    /// <summary>The client's secret at the provider by reference, e.g. <c>env://NAME</c>, sent by HTTP Basic. Null (the default) for a public client.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the sign-in asks for, with spaces between; <c>openid</c> must be among it. Default <c>openid profile</c>.</summary>
    public string Scope { get; set; } = "openid profile";

    /// <summary>
    /// The project that is meant when a request names none. Default: <c>Front:DefaultProject</c>. Of somebody with roles in other projects alone, it is the
    /// first of those.
    /// </summary>
    public string? DefaultProject { get; set; }

    /// <summary>Who has which role. Without an entry that fits, an operator is known and may do nothing.</summary>
    public IList<OidcRole> Roles { get; set; } = [];
}

/// <summary>A role for the members of a group, or for one subject.</summary>
public sealed class OidcRole
{
    public string? Group { get; set; }

    public string? Subject { get; set; }

    /// <summary><c>*</c> stands for every project.</summary>
    public string Project { get; set; } = "";

    public OperatorRole Role { get; set; }
}
