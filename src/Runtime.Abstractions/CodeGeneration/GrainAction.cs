namespace AwoooP.Runtime.CodeGeneration;

/// <summary>A call that answers nothing but that it is done.</summary>
public abstract class GrainAction(GrainMethod method) : GrainCall(method)
{
    public abstract ValueTask InvokeAsync(object grain, CancellationToken cancellationToken);

    public sealed override void Accept(IGrainCallVisitor visitor) => visitor.Visit(this);
}
