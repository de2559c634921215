namespace AwoooP.Runtime.CodeGeneration;

/// <summary>A call that answers a value.</summary>
public abstract class GrainFunction<TResult>(GrainMethod method) : GrainCall(method)
{
    public abstract ValueTask<TResult> InvokeAsync(object grain, CancellationToken cancellationToken);

    public sealed override void Accept(IGrainCallVisitor visitor) => visitor.Visit(this);
}
