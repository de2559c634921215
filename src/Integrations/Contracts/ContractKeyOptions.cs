namespace AwoooP.Integrations.Contracts;

/// <summary>One key.</summary>
public sealed class ContractKeyOptions
{
    /// <summary>Its name, stored beside what was made with it: 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>. Never given to another key.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>
    /// A reference to at least 32 characters of chance: <c>env://NAME</c> or <c>file:///path#key</c>. Unreadable: nothing is published or signed
    /// with it, and versions signed with it cannot be used meanwhile.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>The projects that it is for. Default: every project. A version that names a key of other projects cannot be used.</summary>
    public IList<string> Projects { get; set; } = [];
}
