namespace AwoooP.Runtime;

/// <summary>
/// The call ran, but its answer was withheld: the silo's lease has run out, or the grain was loaded before the silo was declared dead,
/// so another silo may have written since. Whether the call changed anything is not known; a repeat with the same command id tells.
/// </summary>
public sealed class LeaseLostException(GrainId target) : Exception($"{target} may not answer: the silo's lease was lost.")
{
    public GrainId Target { get; } = target;
}
