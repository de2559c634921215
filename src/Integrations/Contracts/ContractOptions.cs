namespace AwoooP.Integrations.Contracts;

/// <summary>What contracts are sealed and signatures are witnessed with. Section <c>Integrations:Contracts</c>.</summary>
public sealed class ContractOptions
{
    /// <summary>
    /// The first that serves a project signs for it, all that serve it verify: a new key is put before the old one, and the old one is taken out
    /// when no version in use is signed with it any more. Default: one key of this data folder. At most 16. With none, nothing can be published.
    /// </summary>
    public IList<ContractKeyOptions> Keys { get; set; } = [];
}
