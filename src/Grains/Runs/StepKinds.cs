using AwoooP.Playbooks;

namespace AwoooP.Runs;

/// <summary>The kinds of steps, as a plan, the step journal and the executors name them.</summary>
public static class StepKinds
{
    public const string Command = "command";
    public const string Http = "http";
    public const string Wait = "wait";
    public const string Verify = "verify";

    public static string Of(RepairStep step) => step switch
    {
        CommandStep => Command,
        HttpStep => Http,
        WaitStep => Wait,
        VerifyStep => Verify,
        _ => throw new InvalidOperationException($"{step.GetType().Name} has no kind."),
    };

    /// <summary>Whether a try that was cut off may be made again: looking and waiting change nothing, the rest says so itself.</summary>
    public static bool MayRepeat(RepairStep step) => step is VerifyStep or WaitStep || step.Idempotent;
}
