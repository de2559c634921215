namespace AwoooP.Runtime.CodeGeneration;

/// <summary>Names the generated module of an assembly, so that it can be registered by naming the assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainModuleAttribute(Type module) : Attribute
{
    public Type Module { get; } = module;
}
