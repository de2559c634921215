namespace AwoooP.Approvals;

/// <summary>What can be asked of an approval, by people, runs and time.</summary>
public enum ApprovalTrigger
{
    None = 0,
    Request,
    Approve,
    Reject,
    Escalate,
    Expire,
    Cancel,
    Supersede,
    BeginExecution,
    FinishExecution,
}
