namespace AwoooP.Runtime.CodeGeneration;

/// <summary>The base of the generated references. Equal to another reference of the same interface to the same grain.</summary>
public abstract class GrainReference(GrainBinding binding, string key) : IAddressable, IEquatable<GrainReference>
{
    public GrainBinding Binding { get; } = binding;

    public string Key { get; } = key;

    public GrainId GrainId => new(Binding.GrainType, Key);

    public bool Equals(GrainReference? other) =>
        other is not null && other.GetType() == GetType() && other.Key == Key && other.Binding.GrainType == Binding.GrainType;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => HashCode.Combine(Binding.GrainType, Key);

    public override string ToString() => GrainId.ToString();

    protected Task InvokeAsync(GrainAction call, CancellationToken cancellationToken) =>
        Binding.InvokeAsync(this, call, cancellationToken);

    protected Task<TResult> InvokeAsync<TResult>(GrainFunction<TResult> call, CancellationToken cancellationToken) =>
        Binding.InvokeAsync(this, call, cancellationToken);
}
