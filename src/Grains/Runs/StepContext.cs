namespace AwoooP.Runs;

/// <summary>What an executor knows of the run around a step.</summary>
/// <param name="ToolCallId">Names this one try; a receiver may use it to drop doubles.</param>
/// <param name="TraceId">W3C trace id, 32 lower-case hex digits, for outgoing calls; null when the run is not traced.</param>
/// <param name="Timeout">After it the token is cancelled and the step counts as timed out.</param>
/// <param name="IncidentId">What the run repairs.</param>
public sealed record StepContext(string ProjectId, Guid RunId, Guid ToolCallId, string? TraceId, TimeSpan Timeout, string? IncidentId = null);
