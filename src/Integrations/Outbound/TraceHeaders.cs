using AwoooP.Runs;

namespace AwoooP.Integrations.Outbound;

/// <summary>W3C trace context for outgoing calls of a run.</summary>
internal static class TraceHeaders
{
    /// <summary>The call's span id is the random half of its tool call id.</summary>
    public static string? Traceparent(StepContext context) =>
        context.TraceId is { Length: 32 } trace ? $"00-{trace}-{context.ToolCallId.ToString("N")[16..]}-01" : null;
}
