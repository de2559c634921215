using System.Threading.RateLimiting;
using AwoooP.Client.Auth;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Http;

/// <summary>Bounds how fast one operator, or one address without an operator, may ask.</summary>
internal sealed class RequestRate(IOptions<FrontOptions> options) : IRateLimiterPolicy<string>
{
    public const string Policy = "operator";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected { get; } = static (rejected, _) =>
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var problem = Problem.TooMany("too_many_requests", "Requests come faster than one operator may send them.", wait);
        return new ValueTask(problem.Result().ExecuteAsync(rejected.HttpContext));
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext)
    {
        var who = OperatorIdentity.Of(httpContext)?.OperatorId ?? $"address {httpContext.Connection.RemoteIpAddress}";
        return RateLimitPartition.GetTokenBucketLimiter(who, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.RequestBurst,
            TokensPerPeriod = options.Value.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        });
    }
}
