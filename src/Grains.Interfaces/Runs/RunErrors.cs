using AwoooP.Budgets;

namespace AwoooP.Runs;

/// <summary>The <c>error_code</c> values of a run.</summary>
public static class RunErrors
{
    public const string Stale = "E-RUN-STALE";
    public const string TimedOut = "E-RUN-TIMEOUT";
    public const string Cancelled = "E-RUN-CANCELLED";
    public const string Rejected = "E-RUN-REJECTED";
    public const string ApprovalExpired = "E-RUN-APPROVAL-EXPIRED";
    public const string Superseded = "E-RUN-SUPERSEDED";
    public const string DryRunFailed = "E-DRY-RUN-FAILED";
    public const string StepFailed = "E-STEP-FAILED";
    public const string StepTimedOut = "E-STEP-TIMEOUT";
    public const string StepInterrupted = "E-STEP-INTERRUPTED";

    /// <summary>The run completed, but its plan verified nothing.</summary>
    public const string Unverified = "E-RUN-UNVERIFIED";
    public const string VerificationFailed = "E-VERIFY-FAILED";

    /// <summary>A model step needed more than the run, or its incident, may still cost.</summary>
    public const string BudgetReached = BudgetRefusals.RunCapReached;

    /// <summary>The run has a model to ask, and its project's budget is used up.</summary>
    public const string BudgetUsedUp = BudgetRefusals.Killed;
}
