using AwoooP.Journal.Faults;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Journal.Hosting;

/// <summary>Work that is done at the start and at every interval after. A fault is told and does not end it: the next time may go well.</summary>
public abstract class PeriodicService(TimeSpan interval, TimeProvider time) : BackgroundService
{
    protected TimeProvider Time => time;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception fault) when (!fault.IsStop(stoppingToken))
            {
                Failed(fault);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    protected abstract Task RunOnceAsync(CancellationToken cancellationToken);

    protected abstract void Failed(Exception fault);
}
