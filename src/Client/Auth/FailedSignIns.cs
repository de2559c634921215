using System.Net;
using AwoooP.Client.Problems;
using Microsoft.Extensions.Options;

namespace AwoooP.Client.Auth;

/// <summary>
/// Counts wrong keys and tokens by where they come from. Over the limit, no grain is asked on behalf of that source whether a key that is not
/// known here might exist, and what is wrong is answered with 429. What is right is taken still: others may stand behind the same address.
/// </summary>
internal sealed class FailedSignIns(IOptions<FrontOptions> options, TimeProvider time)
{
    private readonly SourceBuckets _buckets = new(options.Value.FailedSignInsPerMinute, options.Value.FailedSignInsPerMinute / 60.0, time);

    public bool AreTooMany(IPAddress? source) => _buckets.IsEmpty(source, out _);

    /// <summary>Counts one more failure and says how it is to be answered.</summary>
    public ProblemDocument Count(IPAddress? source, ProblemDocument problem) => _buckets.TryTake(source, out var wait)
        ? problem
        : Problem.TooMany(
            "too_many_failed_sign_ins",
            $"More than {options.Value.FailedSignInsPerMinute} wrong keys or tokens a minute came from this address.",
            wait,
            "failed_sign_ins_per_source");
}
