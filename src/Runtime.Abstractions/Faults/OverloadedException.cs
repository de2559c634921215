namespace AwoooP.Runtime;

/// <summary>The call was refused and not run, because too many already wait for the grain. It may be sent again later.</summary>
public sealed class OverloadedException(GrainId target, int waiting)
    : Exception($"{target} is overloaded: {waiting} calls wait for it.")
{
    public GrainId Target { get; } = target;
}
