namespace AwoooP.Runs;

/// <summary>What can be asked of a run, by people, workers, approvals and time.</summary>
public enum RunTrigger
{
    None = 0,
    Create,
    Release,
    Deny,
    Claim,
    Heartbeat,
    RecordDryRun,
    BeginStep,
    FinishStep,
    Yield,
    Abandon,
    StopForBudget,
    LoseLease,
    Cancel,
    TimeOut,
    ReleaseTarget,
}
