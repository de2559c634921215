namespace AwoooP.Runtime.CodeGeneration;

/// <summary>A grain interface of an assembly, as its generated code declares it.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="CreateReference">Makes a reference to the grain with this key.</param>
/// <param name="CreateCall">Makes a call of the method with this id, its arguments not set yet; null when there is none.</param>
/// <param name="Methods">Its methods with those that it inherits. An inherited method has the same id in every interface.</param>
public sealed record GrainInterface(
    Type Interface,
    Func<GrainBinding, string, GrainReference> CreateReference,
    Func<uint, GrainCall?> CreateCall,
    IReadOnlyList<GrainMethod> Methods);
