namespace AwoooP.Integrations.Audit;

/// <summary>Keys that sign the heads of the audit chains. Section <c>Integrations:Audit</c>.</summary>
public sealed class AuditKeyOptions
{
    /// <summary>
    /// References of keys such as <c>env://NAME</c>, by the id that is stored with what they sign; at least 32 bytes each. One that signs no more
    /// stays for as long as its heads are to be checked. Default: none; then a key of this machine is made and kept in <see cref="KeyFile"/>.
    /// </summary>
    public IDictionary<string, string> Keys { get; set; } = new Dictionary<string, string>();

    /// <summary>The id of the key that signs now. Needed with several keys; with one, that one.</summary>
    public string? SigningKey { get; set; }

    /// <summary>Where this machine's own key is. Default: <c>audit.key</c> in the data folder. Null: there is none.</summary>
    public string? KeyFile { get; set; }
}
