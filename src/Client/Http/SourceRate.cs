using AwoooP.Client.Auth;
using AwoooP.Client.Auth.Oidc;
using AwoooP.Client.Problems;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Http;

/// <summary>Bounds how fast one source address may ask the platform API, before anybody looks at who it is. Intake has bounds of its own.</summary>
internal sealed class SourceRate(RequestDelegate next, IOptions<FrontOptions> options, TimeProvider time)
{
    private readonly SourceBuckets _buckets = new(options.Value.SourceRequestBurst, options.Value.SourceRequestsPerSecond, time);

    public Task InvokeAsync(HttpContext context)
    {
        if (!IsBound(context.GetEndpoint()?.Metadata) || _buckets.TryTake(context.Connection.RemoteIpAddress, out var wait))
            return next(context);

        return Problem.TooMany(
            RequestRate.Code,
            $"Requests come faster than the {options.Value.SourceRequestsPerSecond} a second that one address may send.",
            wait,
            "requests_per_source").Result().ExecuteAsync(context);
    }

    private static bool IsBound(EndpointMetadataCollection? about) =>
        about?.GetMetadata<RoleRequirement>() is not null || about?.GetMetadata<BoundBySource>() is not null;
}
