namespace AwoooP.Runs;

/// <param name="Code">Stable, e.g. <c>origin_not_allowed</c>; the same that a dry run would answer.</param>
/// <param name="Field">The field of the step that the settings do not allow, in its JSON name.</param>
public sealed record StepObstacle(string Code, string Field);
