namespace AwoooP.Runs;

/// <summary>How a step, or its dry run, ended.</summary>
/// <param name="Output">What it said; of any length and not redacted yet, the run sees to both.</param>
/// <param name="ErrorCode">A stable code such as <c>program_not_allowed</c>; null when it succeeded.</param>
public sealed record StepOutcome(bool Succeeded, string? Output, string? ErrorCode)
{
    public static StepOutcome Success(string? output = null) => new(true, output, null);

    public static StepOutcome Failure(string errorCode, string? output = null) => new(false, output, errorCode);
}
