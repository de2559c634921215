namespace AwoooP.Playbooks;

/// <summary>What can be asked of a playbook, by people and by the outcomes of its runs.</summary>
internal enum PlaybookTrigger
{
    None = 0,
    Create,
    Revise,
    Approve,
    Activate,
    Archive,
    Restore,
    RecordOutcome,

    /// <summary>Trust fell below the least that a playbook needs.</summary>
    LoseTrust,
}
