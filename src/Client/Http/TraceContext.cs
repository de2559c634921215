using System.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace AwoooP.Client.Http;

/// <summary>
/// The W3C trace of a request: taken over from a valid <c>traceparent</c>, else made. Kept by the request, so that
/// the call context, the log and a problem document all name the same one.
/// </summary>
/// <param name="TraceId">32 lower-case hex digits.</param>
internal sealed record TraceContext(string TraceId)
{
    public static TraceContext Of(HttpContext context)
    {
        if (context.Features.Get<TraceContext>() is { } known)
            return known;

        var made = new TraceContext(Find(context).ToHexString());
        context.Features.Set(made);
        return made;
    }

    private static ActivityTraceId Find(HttpContext context)
    {
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpActivityFeature>()?.Activity is { IdFormat: ActivityIdFormat.W3C } activity)
            return activity.TraceId;

        return ActivityContext.TryParse(context.Request.Headers[HeaderNames.TraceParent], null, out var parent) && parent.TraceId != default
            ? parent.TraceId
            : ActivityTraceId.CreateRandom();
    }
}
