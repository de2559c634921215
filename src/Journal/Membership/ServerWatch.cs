using AwoooP.Journal.Faults;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Membership;

/// <summary>Follows PostgreSQL's clock in a process that has no lease to renew, and knows whether the server answers.</summary>
public sealed partial class ServerWatch(JournalDataSources sources, DurableClock clock, TimeProvider time, ILogger<ServerWatch> logger) : BackgroundService
{
    private const string Sql = "select clock_timestamp()";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private volatile bool _isAnswering;

    /// <summary>Whether the last look was answered.</summary>
    public bool IsAnswering => _isAnswering;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    await LookAsync(stoppingToken);
                    _isAnswering = true;
                }
                catch (Exception fault) when (!fault.IsStop(stoppingToken))
                {
                    if (_isAnswering)
                        LogAway(Fault.Describe(fault));
                    _isAnswering = false;
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogEnded();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Reader.CreateCommand(Sql);
        var sentAt = time.GetTimestamp();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        clock.Follow(row.GetFieldValue<DateTimeOffset>(0), sentAt, time.GetTimestamp());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL does not answer: {Fault}")]
    private partial void LogAway(string fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "PostgreSQL is watched no more")]
    private partial void LogEnded();
}
