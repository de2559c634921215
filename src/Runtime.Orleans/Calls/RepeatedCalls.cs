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
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<MethodInfo, bool> _reads = new();

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        var begun = time.GetTimestamp();
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
                metrics.Repeated(context.TargetId);
            }

            sites.Refresh();
            await Task.WhenAny(changed, Task.Delay(Look, time));
        }
    }

    private bool MayRepeat(Exception fault, IOutgoingGrainCallContext context) => fault switch
    {
        // The silo was lost, or is declared so, while the call was under way there.
        SiloUnavailableException => options.IsRepeatable(RequestContext.Get) || _reads.GetOrAdd(context.InterfaceMethod, Reads),
        OrleansMessageRejectionException or ActivationLeftException => true,
        _ => false,
    };

    private static bool Reads(MethodInfo method) => method.IsDefined(typeof(ReadOnlyAttribute)) || method.IsDefined(typeof(AlwaysInterleaveAttribute));
}
