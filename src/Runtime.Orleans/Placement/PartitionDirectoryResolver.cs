using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.GrainDirectory;
using Orleans.Metadata;
using Orleans.Runtime.GrainDirectory;

namespace AwoooP.Runtime.Placement;

/// <summary>Partitioned grains are in the directory of partitions; all others are in Orleans' own.</summary>
internal sealed class PartitionDirectoryResolver(IServiceProvider services) : IGrainDirectoryResolver
{
    private PartitionDirectory? _directory;

    public bool TryResolveGrainDirectory(GrainType grainType, GrainProperties? properties, [NotNullWhen(true)] out IGrainDirectory? grainDirectory)
    {
        // Found late: Orleans makes the resolvers while it makes what the directory needs.
        grainDirectory = PartitionedGrainTypes.Contain(properties) ? _directory ??= services.GetRequiredService<PartitionDirectory>() : null;
        return grainDirectory is not null;
    }
}
