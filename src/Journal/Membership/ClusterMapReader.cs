using AwoooP.Journal.Faults;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>The cluster map of a process that is no silo: it only reads. While the table cannot be read, the last view stands.</summary>
internal sealed partial class ClusterMapReader(ClusterMap map, IOptions<ClusterMapOptions> options, TimeProvider time, ILogger<ClusterMapReader> logger)
    : BackgroundService
{
    /// <summary>However often it is asked, the table is not looked at more often.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.Value.Database) { MaxPoolSize = 2, CommandTimeout = 5 };
        await using var source = new NpgsqlDataSourceBuilder(settings.ConnectionString).BuildWithTracesOfWork();
        try
        {
            for (var failures = 0; ;)
            {
                try
                {
                    map.Publish((await ReadCluster.ExecuteAsync(source, stoppingToken)).ToView());
                    failures = 0;
                }
                catch (Exception fault) when (SqlFaults.IsOutage(fault))
                {
                    LogFailed(++failures, Fault.Describe(fault));
                    await Task.Delay(BackOff.After(failures, ShortestPause, LongestBackOff), time, stoppingToken);
                    continue;
                }

                await Task.Delay(ShortestPause, time, stoppingToken);
                await map.WaitForRefreshAsync(options.Value.Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopped();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The cluster could not be looked at, {Failures} times in a row: {Fault}")]
    private partial void LogFailed(int failures, string fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The cluster is followed no more")]
    private partial void LogStopped();
}
