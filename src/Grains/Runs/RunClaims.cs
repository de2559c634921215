namespace AwoooP.Runs;

/// <summary>The names that a run holds in the journal while it may not share them.</summary>
internal static class RunClaims
{
    /// <summary>One repair of a target at a time, from the first claim to the end.</summary>
    public const string Target = "repair_target";

    /// <summary>An idempotency key leads to one run.</summary>
    public const string IdempotencyKey = "run_idempotency";

    /// <summary>Its own id, from its creation to its end, where its plan asks a model: how those are found that a used-up budget stops.</summary>
    public const string Model = "model_run";
}
