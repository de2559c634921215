namespace AwoooP.Integrations.Signing;

/// <summary>What the platform signs with. Sections <c>Integrations:Audit</c> and <c>Integrations:Contracts</c>, under their names.</summary>
public sealed class SigningOptions
{
    /// <summary>The heads of audit chains.</summary>
    public const string Audit = "Audit";

    /// <summary>Versions of contracts, and the signatures of people under them.</summary>
    public const string Contracts = "Contracts";

    /// <summary>
    /// The first that serves a project signs for it, all that serve it check: a new key is put before the old one, and the old one is taken out
    /// when nothing that it signed is to be checked any more. Default: one key of this data folder. At most 16. With none, nothing can be signed.
    /// </summary>
    public IList<SigningKeyOptions> Keys { get; set; } = [];
}
