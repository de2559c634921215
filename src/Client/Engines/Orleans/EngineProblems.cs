using AwoooP.Runtime;

namespace AwoooP.Client.Problems;

/// <summary>What the faults of the engine mean to a caller: here, of Orleans.</summary>
internal static class EngineProblems
{
    public static ProblemDocument? Explain(Exception fault) => fault switch
    {
        LimitExceededException => Problem.TooMany("overloaded", "Too many calls wait for the same thing; nothing was changed.", TimeSpan.FromSeconds(1)),
        GrainUnplacedException => Problem.Unavailable("unplaced", "No silo owns what was asked for at the moment; nothing was changed."),
        SiloUnavailableException => Problem.Unavailable("outcome_unknown", "The silo that was asked is gone; repeat with the same Idempotency-Key to learn what became of it."),
        OrleansMessageRejectionException => Problem.Unavailable("unplaced", "No silo takes what was asked for at the moment; nothing was changed."),
        LeaseLostException => Problem.Unavailable("lease_lost", "This silo may not answer at the moment; repeat with the same Idempotency-Key."),
        _ => null,
    };
}
