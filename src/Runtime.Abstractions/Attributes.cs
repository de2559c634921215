namespace AwoooP.Runtime;

/// <summary>The method only reads; calls marked so may run beside each other, but not beside a turn that writes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

/// <summary>
/// The method may run while another turn of the grain awaits. Only for reads of immutable snapshots, or for what may run twice: a call whose answer
/// was lost is sent again, as one that only reads is.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

/// <summary>The caller does not wait for an answer and learns of no failure.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

/// <summary>Any silo may hold up to <paramref name="maxLocalWorkers"/> activations of the grain, which must keep no identity.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute(int maxLocalWorkers = -1) : Attribute
{
    public int MaxLocalWorkers { get; } = maxLocalWorkers;
}

/// <summary>The name of the class's grain type, where it is not the class's own in lower case and without its suffix.</summary>
/// <param name="grainType">Stable for ever: it is part of the identity of every grain of the class.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    public string GrainType { get; } = grainType;
}
