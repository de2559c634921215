namespace AwoooP.Runtime.CodeGeneration;

/// <summary>A grain class of an assembly, as its generated code declares it.</summary>
/// <param name="GrainType">The name of the type in identities, logs and metrics.</param>
/// <param name="Class">The class.</param>
/// <param name="Interfaces">The grain interfaces that it answers.</param>
/// <param name="MaxLocalWorkers">Null for a grain with an identity; else the most activations a silo holds of one key, or less than one for as many as there are processors.</param>
public sealed record GrainClass(string GrainType, Type Class, IReadOnlyList<Type> Interfaces, int? MaxLocalWorkers);
