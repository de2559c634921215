namespace AwoooP.Runtime.Calls;

/// <summary>The call was surely not run: its activation's silo no longer owns the partition. It is sent again, to the next owner.</summary>
internal sealed class ActivationLeftException(GrainId target) : Exception($"{target} is no longer here.");
