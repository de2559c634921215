using AwoooP.Client.Problems;

namespace AwoooP.Client;

/// <summary>The one place in the front that knows which engine hosts the grains: what its own faults mean to a caller.</summary>
internal static class EngineWiring
{
#if ENGINE_ORLEANS
    public static ProblemDocument? Explain(Exception fault) => null;
#else
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
#endif
}
