using Orleans.Metadata;

namespace AwoooP.Runtime.Placement;

/// <summary>Marks the grain types that belong to the owner of their partition: those of the named assemblies that place themselves no other way.</summary>
internal sealed class PartitionedGrainTypes(OrleansEngineOptions options) : IGrainPropertiesProvider
{
    public static bool Contain(GrainProperties? properties) =>
        properties is not null
        && properties.Properties.TryGetValue(WellKnownGrainTypeProperties.PlacementStrategy, out var strategy)
        && strategy == nameof(PartitionPlacement);

    public void Populate(Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        if (options.Grains.Contains(grainClass.Assembly))
            properties.TryAdd(WellKnownGrainTypeProperties.PlacementStrategy, nameof(PartitionPlacement));
    }
}
