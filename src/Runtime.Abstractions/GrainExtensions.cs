using AwoooP.Runtime.CodeGeneration;

namespace AwoooP.Runtime;

public static class GrainExtensions
{
    /// <summary>The key of a grain, asked of the grain itself or of any reference to it.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key;

    /// <summary>The identity of a grain, asked of the grain itself or of any reference to it.</summary>
    /// <exception cref="ArgumentException">The object is neither a grain nor a reference.</exception>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase implementation => implementation.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };
}
