namespace AwoooP.Runtime;

/// <summary>
/// The connection to the grain's silo ended before the answer came. Whether the call ran is not known; a repeat with the same command id tells.
/// </summary>
public sealed class CallLostException(GrainId target, string method) : Exception($"The silo of {target} was lost while {method} was under way.")
{
    public GrainId Target { get; } = target;
}
