using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>The kinds of steps, as a plan, the step journal and the executors name them.</summary>
public static class StepKinds
{
    public const string Command = "command";
    public const string Http = "http";
    public const string Wait = "wait";
    public const string Verify = "verify";
    public const string Model = "model";

    public static string Of(RepairStep step) => step switch
    {
        CommandStep => Command,
        HttpStep => Http,
        WaitStep => Wait,
        VerifyStep => Verify,
        ModelStep => Model,
        _ => throw new InvalidOperationException($"{step.GetType().Name} has no kind."),
    };

    /// <summary>Whether a try that was cut off may be made again: looking, waiting and asking change nothing, the rest says so itself.</summary>
    public static bool MayRepeat(RepairStep step) => step is VerifyStep or WaitStep or ModelStep || step.Idempotent;
}
