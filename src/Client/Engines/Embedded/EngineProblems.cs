namespace AwoooP.Client.Problems;

/// <summary>What the faults of the engine mean to a caller: here, of the embedded one.</summary>
internal static class EngineProblems
{
    public static ProblemDocument? Explain(Exception fault) => fault switch
    {
        OverloadedException => Problem.TooMany("overloaded", "Too many calls wait for the same thing; nothing was changed.", TimeSpan.FromSeconds(1)),
        GrainUnplacedException => Problem.Unavailable("unplaced", "No silo owns what was asked for at the moment; nothing was changed."),
        CallLostException => Problem.Unavailable("outcome_unknown", "The silo that was asked is gone; repeat with the same Idempotency-Key to learn what became of it."),
        UnknownGrainMethodException => Problem.Unavailable("version_mismatch", "The silo that was asked runs a version that does not know this; nothing was changed."),
        EngineStoppingException => Problem.Unavailable("stopping", "The silo is stopping."),
        LeaseLostException => Problem.Unavailable("lease_lost", "This silo may not answer at the moment; repeat with the same Idempotency-Key."),
        // Ours to mend: grains that wait for each other. The log has the chain.
        CallCycleException => Problem.Internal() with { Code = "call_cycle" },
        _ => null,
    };
}
