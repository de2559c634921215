using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery.Live;

/// <summary>Looks for events of other processes at the interval of the options; the tail itself asks nothing while nobody reads.</summary>
internal sealed partial class LiveTailService(LiveTail tail, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<LiveTailService> logger)
    : PeriodicService(options.Value.TailInterval, time)
{
    protected override Task RunOnceAsync(CancellationToken cancellationToken) => tail.LookAsync(cancellationToken);

    protected override void Failed(Exception fault) => LogFailed(Fault.Describe(fault));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of other silos could not be looked for ({Fault}); it is tried again")]
    private partial void LogFailed(string fault);
}
