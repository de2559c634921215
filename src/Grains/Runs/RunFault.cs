namespace AwoooP.Runs;

/// <summary>Why the run will have failed once everything is rolled back.</summary>
public sealed record RunFault(string ErrorCode, string Message, StepInTheWay? Step = null);
