using AwoooP.Runs;

namespace AwoooP.Integrations.Outbound;

/// <summary>W3C trace context for outgoing calls of a run.</summary>
internal static class TraceHeaders
{
    /// <summary>The call's span id is the random half of its id.</summary>
    public static string? Traceparent(StepContext context) => Traceparent(context.TraceId, context.ToolCallId);

    public static string? Traceparent(string? traceId, Guid callId) => traceId is { Length: 32 } trace ? $"00-{trace}-{callId.ToString("N")[16..]}-01" : null;
}
