namespace AwoooP.Runtime.Activations;

/// <summary>The life of an activation; it only ever goes forward.</summary>
internal enum Phase
{
    /// <summary>In the directory, without a grain yet.</summary>
    Created,

    /// <summary>Constructing the grain and running its OnActivateAsync; calls wait.</summary>
    Activating,

    /// <summary>Takes calls.</summary>
    Active,

    /// <summary>Running OnDeactivateAsync; calls wait for the next activation.</summary>
    Deactivating,

    /// <summary>Out of the directory; whoever still holds it must look again.</summary>
    Retired,
}
