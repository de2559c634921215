using AwoooP.Journal.Membership;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Placement;

namespace AwoooP.Runtime.Calls;

/// <summary>
/// Lets an answer leave only while the silo's lease runs and it owns the partition as it did when the grain was loaded. One that has lost it
/// begins nothing more, and goes.
/// </summary>
internal sealed class AnswerGuard(OwnedPartitions partitions, PartitionSites sites, EngineMetrics metrics) : IIncomingGrainCallFilter
{
    private static readonly DeactivationReason Lost = new(DeactivationReasonCode.RuntimeRequested, "Its silo may not answer for it any more.");

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.TargetContext?.GetComponent<PlacedActivation>() is not { } placed)
        {
            await context.Invoke();
            return;
        }

        if (placed.IsOutdated)
        {
            placed.Context.Deactivate(Lost);
            // Sent again it would come here again, and be loaded for nothing.
            if (sites.IsWithoutLease(context.TargetId))
                throw new LeaseLostException(context.TargetId);
            throw new ActivationLeftException(context.TargetId);
        }

        placed.CountTurn();
        metrics.Called(context.TargetId);
        try
        {
            await context.Invoke();
        }
        catch (Exception fault) when (fault is OrleansMessageRejectionException or ActivationLeftException or GrainUnplacedException or LimitExceededException)
        {
            // What was refused is a call that this one has made; this one may have done something before.
            throw new SiloUnavailableException($"{context.TargetId} did not reach another grain: {fault.Message}", fault);
        }
        finally
        {
            Check(placed, context.TargetId);
        }
    }

    /// <exception cref="LeaseLostException">Also in the place of what the call has thrown: that may come of memory as well.</exception>
    private void Check(PlacedActivation placed, GrainId target)
    {
        if (partitions.Covers(placed.Tenure))
            return;
        metrics.Withheld(target);
        if (placed.IsOutdated)
            placed.Context.Deactivate(Lost);
        throw new LeaseLostException(target);
    }
}
