namespace AwoooP.Playbooks;

public sealed class PlaybookOptions
{
    /// <summary>
    /// Whether the author of a playbook's newest version may not approve it. Off by default: a site with one operator could otherwise
    /// activate nothing, and every run of a playbook still needs votes of its own.
    /// </summary>
    public bool RequireSecondApprover { get; set; }
}
