namespace AwoooP.Contracts;

/// <summary>A key that contracts are sealed and signatures are witnessed with.</summary>
/// <param name="keyId">Its name; stored beside what was made with it.</param>
/// <param name="projects">Those that it is for; empty for every project.</param>
/// <param name="secret">Null when it cannot be read now.</param>
public sealed class ContractKey(string keyId, IReadOnlyCollection<string> projects, byte[]? secret)
{
    /// <summary>Bytes: as many as the hash has.</summary>
    public const int LeastSecret = 32;

    public string KeyId => keyId;

    public bool CanBeRead => secret is not null;

    internal byte[]? Secret => secret;

    internal bool Serves(string projectId) => projects.Count == 0 || projects.Contains(projectId);
}
