namespace AwoooP.Journal;

/// <summary>
/// The address of one aggregate: its type (a stable lower-case name such as <c>incident</c>) and its key,
/// which always starts with the tenant: <c>{project_id}/{rest}</c>.
/// </summary>
public readonly record struct AggregateId(string Type, string Key)
{
    /// <summary>The tenant, which is the key up to the first slash.</summary>
    public string ProjectId => Key[..Key.IndexOf('/')];

    /// <summary>The key without its tenant.</summary>
    public string LocalKey => Key[(Key.IndexOf('/') + 1)..];

    public override string ToString() => $"{Type}/{Key}";
}
