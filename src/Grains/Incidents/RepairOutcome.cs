using AwoooP.Runs;

namespace AwoooP.Incidents;

/// <summary>What the end of a run means for its incident. Where another automatic attempt makes no sense, a person is asked.</summary>
internal static class RepairOutcome
{
    public static RecordRepair Of(RunCompleted run) => run.Verified
        ? new RecordRepair(run.Plan.RunId, Verified: true, null, NeedsPerson: false)
        : new RecordRepair(run.Plan.RunId, Verified: false, RunErrors.Unverified, NeedsPerson: true);

    public static RecordRepair Of(RunFailed run) => new(
        run.Plan.RunId,
        Verified: false,
        run.ErrorCode,
        NeedsPerson: run.ErrorCode is not (RunErrors.StepFailed or RunErrors.StepTimedOut or RunErrors.VerificationFailed));

    public static RecordRepair Of(RunCancelled run) => new(run.Plan.RunId, Verified: false, run.ErrorCode, NeedsPerson: run.ErrorCode is not RunErrors.Superseded);

    public static RecordRepair Of(RunTimedOut run) => new(run.Plan.RunId, Verified: false, run.ErrorCode, NeedsPerson: true);
}
