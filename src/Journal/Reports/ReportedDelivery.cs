using AwoooP.Journal.Delivery;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Reports;

/// <summary>
/// Delivery as the living silos have last told it, summed: for a process that delivers nothing itself. What a silo counts since its start begins
/// anew with it.
/// </summary>
internal sealed partial class ReportedDelivery(JournalDataSources sources, TimeProvider time, ILogger<ReportedDelivery> logger) : BackgroundService, IDeliveryStatus
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private volatile DeliveryStatus _latest = new(0, [], new WakeStatus(0, 0, 0, null));

    public DeliveryStatus Read() => _latest;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    _latest = await LookAsync(stoppingToken);
                }
                catch (Exception fault) when (!fault.IsStop(stoppingToken))
                {
                    LogFailed(Fault.Describe(fault));
                }
            }
            while (await beat.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogEnded();
        }
    }

    private async Task<DeliveryStatus> LookAsync(CancellationToken cancellationToken)
    {
        var cluster = await Membership.ReadCluster.ExecuteAsync(sources.Reader, cancellationToken);
        var reports = await ReadSiloReports.ExecuteAsync(sources.Reader, cancellationToken);
        var consumers = reports.Values.SelectMany(static told => told.Report.Consumers ?? []).GroupBy(static consumer => consumer.Name);
        return new DeliveryStatus(
            cluster.Silos.Where(static row => row.IsUp).Sum(static row => row.Partitions.Count),
            [.. consumers.Select(static told => Sum([.. told]))],
            _latest.Wakes);
    }

    private static ConsumerStatus Sum(IReadOnlyList<ConsumerStatus> told) => told[0] with
    {
        Lag = told.Sum(static one => one.Lag),
        Delivered = told.Sum(static one => one.Delivered),
        Retries = told.Sum(static one => one.Retries),
        DeadLetters = told.Sum(static one => one.DeadLetters),
        Failures = told.Max(static one => one.Failures),
        IsStuck = told.Any(static one => one.IsStuck),
        Fault = told.MaxBy(static one => one.Failures)!.Fault,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silos' reports could not be read: {Fault}")]
    private partial void LogFailed(string fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The silos' reports are read no more")]
    private partial void LogEnded();
}
