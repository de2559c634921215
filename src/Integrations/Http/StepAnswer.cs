namespace AwoooP.Integrations.Http;

/// <param name="Fault">A stable code when no answer came; null when one did.</param>
internal sealed record StepAnswer(int Status, string Body, string? Fault);
