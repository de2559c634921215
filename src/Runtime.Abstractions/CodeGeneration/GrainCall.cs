namespace AwoooP.Runtime.CodeGeneration;

/// <summary>A call of one method with its arguments. Generated, one class a method; lives for one call and is never pooled.</summary>
public abstract class GrainCall(GrainMethod method) : IInvokable
{
    public GrainMethod Method { get; } = method;

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceName;
}
