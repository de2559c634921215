using AwoooP.Journal.Membership;
using AwoooP.Runtime.Activations;

namespace AwoooP.Runtime.Placement;

/// <summary>Before partitions move, their grains end what they do and are deactivated; calls that still come wait for the new owner.</summary>
internal sealed class PartitionRelease(PartitionSites sites, PlacedActivations activations, TimeProvider time) : IPartitionRelease
{
    /// <summary>Partitions that are empty by then need not wait for those that are not.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromMilliseconds(200);

    private static readonly DeactivationReason Moved = new(DeactivationReasonCode.Migrating, "Its partition moves to another silo.");

    public async Task<IReadOnlySet<short>> ReleaseAsync(IReadOnlySet<short> partitions, CancellationToken cancellationToken)
    {
        sites.Leave(partitions);
        using var limit = new CancellationTokenSource(GracePeriod, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await activations.DeactivateAsync(id => partitions.Contains(sites.PartitionOf(id)), Moved, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The rest is asked for again.
        }

        // One that was found here just before is seen here, or it is not let in any more.
        return partitions.Except(activations.All.Select(placed => sites.PartitionOf(placed.Context.GrainId))).ToHashSet();
    }

    public void Kept(IReadOnlySet<short> partitions) => sites.Keep(partitions);
}
