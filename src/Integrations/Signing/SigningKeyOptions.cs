namespace AwoooP.Integrations.Signing;

/// <summary>One key.</summary>
public sealed class SigningKeyOptions
{
    /// <summary>Its name, stored beside what was made with it: 1 to 64 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>. Never given to another key.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>
    /// A reference to at least 32 characters of chance: <c>env://NAME</c> or <c>file:///path#key</c>. While it cannot be read, nothing is signed
    /// with the key, and what was signed with it cannot be checked.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>The projects that it is for. Default: every project. For others it neither signs nor checks.</summary>
    public IList<string> Projects { get; set; } = [];
}
