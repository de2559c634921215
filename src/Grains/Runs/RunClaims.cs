namespace AwoooP.Runs;

/// <summary>The names that a run holds in the journal while it may not share them.</summary>
internal static class RunClaims
{
    /// <summary>One repair of a target at a time, from the first claim to the end.</summary>
    public const string Target = "repair_target";

    /// <summary>An idempotency key leads to one run.</summary>
    public const string IdempotencyKey = "run_idempotency";
}
