namespace AwoooP.Runtime;

/// <summary>Makes references to grains. A reference is cheap and holds no connection.</summary>
public interface IGrainFactory
{
    /// <summary>A reference to the grain of <typeparamref name="TGrain"/> with this key.</summary>
    /// <param name="key">The grain's key; not empty.</param>
    /// <param name="grainClassNamePrefix">
    /// The beginning of the full name of the grain class; needed only where several classes implement the interface.
    /// </param>
    /// <exception cref="ArgumentException">No class implements the interface, or several do and the prefix does not choose one.</exception>
    TGrain GetGrain<TGrain>(string key, string? grainClassNamePrefix = null) where TGrain : IGrainWithStringKey;

    /// <inheritdoc cref="GetGrain{TGrain}(string, string)"/>
    IGrain GetGrain(Type grainInterfaceType, string key);
}
