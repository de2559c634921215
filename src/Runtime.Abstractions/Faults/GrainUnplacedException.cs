namespace AwoooP.Runtime;

/// <summary>The call was refused and not run: for a while no silo that can be reached has owned the grain's partition. It may be sent again.</summary>
public sealed class GrainUnplacedException(GrainId target) : Exception($"No silo answers for {target} at the moment.")
{
    public GrainId Target { get; } = target;
}
