using Microsoft.AspNetCore.Http.Features;

namespace AwoooP.Client.Http;

/// <summary>Names the span of a request by its method and route, as OpenTelemetry has it; ASP.NET Core calls them all alike.</summary>
internal static class RequestSpans
{
    /// <summary>After routing.</summary>
    public static void UseRequestSpanNames(this IApplicationBuilder app) => app.Use(static (http, next) =>
    {
        // There is one for the log even while nobody traces; it needs no name.
        if (http.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } span && span.Source.HasListeners() && http.GetEndpoint() is not null)
            span.DisplayName = $"{http.Request.Method} {EndpointPattern.Of(http)}";
        return next(http);
    });
}
