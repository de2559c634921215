using AwoooP.Brakes;
using AwoooP.Commands;

namespace AwoooP.Runs;

internal static class RunRefusals
{
    public static Refusal LeaseLost { get; } = new(RefusalKind.Conflict, "lease_lost", "The lease on this run is not, or no longer, yours: stop and touch nothing more.");

    public static Refusal TargetBusy { get; } = new(RefusalKind.Conflict, "target_busy", "Another repair of the same target is under way.");

    public static Refusal IdempotencyKeyReused { get; } =
        new(RefusalKind.Conflict, "idempotency_key_reused", "The idempotency key was used for another run.");

    public static Refusal IdTaken { get; } = new(RefusalKind.Conflict, "run_id_taken", "Another run that asks models goes by this id.");

    public static Refusal AtLastModel { get; } =
        new(RefusalKind.Conflict, "at_last_model", "The run's last model is being asked: the call is cut, which stops the run, or has its answer.");

    public static Refusal MadeLater { get; } =
        new(RefusalKind.Conflict, "run_made_later", "The run was made after the budget was used up, and models are called again.");

    public static Refusal OtherApproval { get; } = new(RefusalKind.Conflict, "approval_mismatch", "The approval is not for this run's plan.");

    public static Refusal DryRunRequired { get; } = new(RefusalKind.Conflict, "dry_run_required", "No step may begin before the dry run of all steps has passed.");

    public static Refusal StepOutOfOrder { get; } = new(RefusalKind.Conflict, "step_out_of_order", "This is not the step that is next.");

    public static Refusal StepNotUnderWay { get; } = new(RefusalKind.Conflict, "step_not_under_way", "This step is not under way in this attempt.");

    public static Refusal InvalidStepStatus { get; } =
        new(RefusalKind.Invalid, "invalid_step_status", "A step finishes as succeeded, failed or timed_out.", Field: "status");

    public static Refusal InvalidMaxAttempts { get; } = new(RefusalKind.Invalid, "invalid_max_attempts", "max_attempts is 1 to 10.", Field: "max_attempts");

    public static Refusal EmptyPlan { get; } = new(RefusalKind.Invalid, "empty_plan", "A plan has 1 to 50 steps.", Field: "plan.steps");

    public static Refusal WorkerMissing { get; } = new(RefusalKind.Invalid, "invalid_worker_id", "A worker names itself in 1 to 200 characters.", Field: "worker_id");

    public static Refusal Paused(PauseEntry pause) => new(RefusalKind.Conflict, "paused", $"Automation is paused by {pause.By}: {pause.Reason}");
}
