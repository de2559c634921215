namespace AwoooP.Runtime;

/// <summary>No answer came in time. Whether the call ran is not known.</summary>
public sealed class CallTimeoutException(GrainId target, string method, TimeSpan timeout)
    : TimeoutException($"{target} did not answer {method} within {timeout}.")
{
    public GrainId Target { get; } = target;
}
