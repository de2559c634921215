namespace AwoooP.Runs;

/// <summary>Why a run came to its end without a repair that is known to hold.</summary>
/// <param name="ErrorCode">One of <see cref="RunErrors"/>.</param>
/// <param name="Step">The step that stood in the way, where one did.</param>
/// <param name="Reason">A stable code, or a person's own words, of whoever gave the run up.</param>
public sealed record RunCause(string ErrorCode, StepInTheWay? Step = null, string? Reason = null);

/// <param name="Reason">A stable code such as <c>origin_not_allowed</c>.</param>
public sealed record StepInTheWay(int StepNo, string Name, string? Reason);
