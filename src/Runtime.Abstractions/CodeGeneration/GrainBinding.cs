namespace AwoooP.Runtime.CodeGeneration;

/// <summary>
/// The way from references to the grain class that answers them; made by the engine, one a grain class. This is the seam
/// of placement and transport: generated code knows nothing of where a grain is.
/// </summary>
public abstract class GrainBinding(string grainType)
{
    public string GrainType { get; } = grainType;

    public abstract Task InvokeAsync(GrainReference reference, GrainAction call, CancellationToken cancellationToken);

    public abstract Task<TResult> InvokeAsync<TResult>(
        GrainReference reference, GrainFunction<TResult> call, CancellationToken cancellationToken);
}
