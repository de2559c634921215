using System.Threading.RateLimiting;
using AwoooP.Client.Auth;
using AwoooP.Client.Problems;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Http;

/// <summary>
/// Bounds how fast one key, or one operator without a key, may ask. Those who are not known never come to a handler, and <see cref="SourceRate"/>
/// bounds them; so there are never more partitions than there are keys and operators.
/// </summary>
internal sealed class RequestRate(IOptions<FrontOptions> options) : IRateLimiterPolicy<string>
{
    public const string Policy = "operator";
    public const string Code = "too_many_requests";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RejectAsync;

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) => OperatorIdentity.Of(httpContext)?.Who is { } who
        ? RateLimitPartition.GetTokenBucketLimiter(who.KeyId ?? who.OperatorId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Value.RequestBurst,
            TokensPerPeriod = options.Value.RequestsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        })
        : RateLimitPartition.GetNoLimiter("");

    private ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
        var problem = Problem.TooMany(
            Code, $"Requests come faster than the {options.Value.RequestsPerSecond} a second that one key may send.", wait, "requests_per_key");
        return new ValueTask(problem.Result().ExecuteAsync(rejected.HttpContext));
    }
}
