using System.Collections.Concurrent;
using System.Reflection;
using AwoooP.Runtime.Activations;
using AwoooP.Runtime.Placement;

namespace AwoooP.Runtime.Calls;

/// <summary>
/// Sends a call again that was surely not run, for as long as a call may be parked; and one whose answer was lost with its silo, when it reads
/// or its outcome is remembered.
/// </summary>
internal sealed class RepeatedCalls(PartitionSites sites, OrleansEngineOptions options, EngineMetrics metrics, TimeProvider time) : IOutgoingGrainCallFilter
{
    private readonly ConcurrentDictionary<MethodInfo, bool> _reads = new();

    /// <exception cref="SiloUnavailableException">It is not known whether the call ran.</exception>
    /// <exception cref="GrainUnplacedException">It was not: for as long as it may be parked, no silo that was asked owned the grain's partition.</exception>
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var begun = time.GetTimestamp();
        SiloUnavailableException? lost = null;
        while (true)
        {
            var changed = sites.Changed;
            try
            {
                await context.Invoke();
                return;
            }
            catch (Exception fault) when (MayRepeat(fault, context) && time.GetElapsedTime(begun) < options.ParkLimit)
            {
                lost ??= fault as SiloUnavailableException;
                metrics.Repeated(context.TargetId);
            }
            catch (Exception fault) when (lost is not null && SaysNotDone(fault))
            {
                // That speaks of the last attempt alone.
                throw new SiloUnavailableException(lost.Message, fault);
            }
            catch (ActivationLeftException)
            {
                throw new GrainUnplacedException(context.TargetId);
            }

            await sites.WaitForChangeAsync(changed, time);
        }
    }

    private bool MayRepeat(Exception fault, IOutgoingGrainCallContext context) => fault switch
    {
        // The silo was lost, or is declared so, while the call was under way there.
        SiloUnavailableException => options.IsRepeatable(RequestContext.Get) || _reads.GetOrAdd(context.InterfaceMethod, Reads),
        OrleansMessageRejectionException or ActivationLeftException => true,
        _ => false,
    };

    private bool SaysNotDone(Exception fault) =>
        fault is OrleansMessageRejectionException or ActivationLeftException or GrainUnplacedException or LimitExceededException || options.SaysNotDone(fault);

    private static bool Reads(MethodInfo method) => method.IsDefined(typeof(ReadOnlyAttribute)) || method.IsDefined(typeof(AlwaysInterleaveAttribute));
}
