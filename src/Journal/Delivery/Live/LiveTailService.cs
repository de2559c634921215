using AwoooP.Journal.Faults;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Delivery.Live;

/// <summary>Looks for events of other processes at the interval of the options; the tail itself asks nothing while nobody reads.</summary>
internal sealed partial class LiveTailService(LiveTail tail, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<LiveTailService> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.TailInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await tail.LookAsync(stoppingToken);
                }
                catch (Exception fault) when (!fault.IsStop(stoppingToken))
                {
                    LogFailed(Fault.Describe(fault));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogEnded();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events of other silos could not be looked for ({Fault}); it is tried again")]
    private partial void LogFailed(string fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Events of other silos are looked for no more")]
    private partial void LogEnded();
}
