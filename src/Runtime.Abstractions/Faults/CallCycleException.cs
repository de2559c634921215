namespace AwoooP.Runtime;

/// <summary>
/// The call was refused and not run, because the called grain is busy with a turn that, by one or more calls, waits for
/// the caller: it could only have timed out.
/// </summary>
public sealed class CallCycleException(IReadOnlyList<string> chain)
    : Exception($"The call would wait for itself: {string.Join(" -> ", chain)}.")
{
    /// <summary>Who waits for whom, each as <c>type/key.Method</c>; begins and ends with the caller.</summary>
    public IReadOnlyList<string> Chain { get; } = chain;
}
