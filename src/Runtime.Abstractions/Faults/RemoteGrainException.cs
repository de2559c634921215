namespace AwoooP.Runtime;

/// <summary>A grain at another silo failed with an exception that its interface does not promise. That silo's log has it whole.</summary>
public sealed class RemoteGrainException(GrainId target, string message) : Exception($"{target} failed: {message}")
{
    public GrainId Target { get; } = target;
}
