namespace AwoooP.Runtime.Generators.Model;

/// <param name="DeclaringInterface">The interface that declares the method, fully qualified: a base interface perhaps.</param>
/// <param name="ReturnType">Fully qualified.</param>
/// <param name="Result">The type inside the task; null when there is none.</param>
/// <param name="ReturnsValueTask">Whether the task is a value task.</param>
/// <param name="Parameters">The types of the arguments, without the token.</param>
/// <param name="Signature">The name and the types of the arguments as the runtime tells them apart: without what says whether a reference may be null.</param>
internal sealed record MethodModel(
    string DeclaringInterface,
    string Name,
    string ReturnType,
    string? Result,
    bool ReturnsValueTask,
    EquatableArray<string> Parameters,
    string Signature,
    bool TakesCancellation,
    bool IsReadOnly,
    bool IsAlwaysInterleave,
    bool IsOneWay)
{
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>FNV-1a of the signature: the same in every build, so that two versions of a silo understand each other.</summary>
    public uint Id => $"{DeclaringInterface}.{Signature}"
        .Aggregate(FnvOffset, static (hash, character) => unchecked((hash ^ character) * FnvPrime));
}
