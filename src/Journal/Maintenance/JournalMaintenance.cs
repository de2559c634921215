using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Maintenance;

/// <summary>
/// Keeps the months of the event log made ahead, and removes command ids that have expired. Every silo does both: they can
/// be done twice at no harm.
/// </summary>
internal sealed partial class JournalMaintenance(
    IOptions<JournalOptions> options, SiloMembership membership, JournalDataSources sources, TimeProvider time, ILogger<JournalMaintenance> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            await membership.Joined.WaitAsync(stoppingToken);
            do
            {
                await RunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            var made = await EnsureEventPartitions.ExecuteAsync(sources.Engine, options.Value.MonthsAhead, cancellationToken);
            var expired = await DeleteExpiredCommands.ExecuteAsync(sources.Engine, cancellationToken);
            LogDone(made, expired);
        }
        catch (Exception error) when (SqlFaults.IsOutage(error))
        {
            LogFailed(Fault.Describe(error));
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Journal maintenance: {Made} months made, {Expired} expired commands removed")]
    private partial void LogDone(int made, long expired);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Journal maintenance failed and will be tried again: {Fault}")]
    private partial void LogFailed(string fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Journal maintenance stopped")]
    private partial void LogStopped();
}
