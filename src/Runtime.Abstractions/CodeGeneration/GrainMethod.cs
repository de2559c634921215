namespace AwoooP.Runtime.CodeGeneration;

/// <summary>What the engine must know of a grain method to deliver a call of it.</summary>
/// <param name="id">Stable as long as the name and the parameters' types are: a hash of them, unique in its interface.</param>
public sealed class GrainMethod(string interfaceName, string name, uint id, GrainMethodTraits traits)
{
    public string InterfaceName { get; } = interfaceName;

    public string Name { get; } = name;

    public uint Id { get; } = id;

    public GrainMethodTraits Traits { get; } = traits;

    public bool IsReadOnly => (Traits & GrainMethodTraits.ReadOnly) != 0;

    public bool IsAlwaysInterleave => (Traits & GrainMethodTraits.AlwaysInterleave) != 0;

    public bool IsOneWay => (Traits & GrainMethodTraits.OneWay) != 0;

    /// <summary>Whether the method has a token, so that the engine need not make one for a method that could not see it.</summary>
    public bool TakesCancellation => (Traits & GrainMethodTraits.TakesCancellation) != 0;

    public override string ToString() => $"{InterfaceName}.{Name}";
}
