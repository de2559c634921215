using System.Text.Json;

namespace AwoooP.Runtime.CodeGeneration;

/// <summary>
/// A call of one method with its arguments. Generated, one class a method; lives for one call and is never pooled. Without arguments it has no
/// state, and is one for all.
/// </summary>
public abstract class GrainCall(GrainMethod method) : IInvokable
{
    public GrainMethod Method { get; } = method;

    /// <summary>Hands this call over as what it is, with its type of answer.</summary>
    public abstract void Accept(IGrainCallVisitor visitor);

    /// <summary>Writes the arguments in order, one JSON value each, inside an array that is open. Generated where there are any.</summary>
    /// <exception cref="NotSupportedException">The options do not know the type of an argument.</exception>
    public virtual void WriteArguments(Utf8JsonWriter writer, JsonSerializerOptions options)
    {
    }

    /// <summary>Reads what <see cref="WriteArguments"/> wrote, from the token after the current one to the end of the last value.</summary>
    /// <exception cref="JsonException">Fewer arguments than the method has, or one of another shape.</exception>
    /// <exception cref="NotSupportedException">The options do not know the type of an argument.</exception>
    public virtual void ReadArguments(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
    }

    public virtual int GetArgumentCount() => 0;

    public virtual object? GetArgument(int index) => throw new ArgumentOutOfRangeException(nameof(index));

    public virtual void SetArgument(int index, object? value) => throw new ArgumentOutOfRangeException(nameof(index));

    public string GetMethodName() => Method.Name;

    public string GetInterfaceName() => Method.InterfaceName;
}
