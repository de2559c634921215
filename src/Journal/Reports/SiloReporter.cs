using System.Text.Json;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Reports;

/// <summary>Writes this silo's report every few seconds. Apart from the heartbeat, which must depend on nothing that a report says.</summary>
internal sealed partial class SiloReporter(
    IGrainFigures grains, PartitionLoad partitions, LeaseGuard lease, SiloIdentity silo, JournalDataSources sources, TimeProvider time,
    ILogger<SiloReporter> logger, IDeliveryStatus? delivery = null) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var beat = new PeriodicTimer(Interval, time);
        try
        {
            do
            {
                try
                {
                    await ReportAsync(stoppingToken);
                }
                catch (Exception fault) when (SqlFaults.IsOutage(fault))
                {
                    LogFailed(silo.SiloId, Fault.Describe(fault));
                }
            }
            while (await beat.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogEnded(silo.SiloId);
        }
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        if (lease is not { IsValid: true, Incarnation: { } incarnation })
            return;

        var figures = grains.Look();
        var report = new SiloReport(figures.Activations, figures.HotGrains, partitions.Look()) { Consumers = delivery?.Read().Consumers };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(report, SiloReportJson.Default.SiloReport);
        // Keys of great length make it so long, or very many consumers: the table would refuse all of it.
        if (bytes.Length > SiloReport.MaxBytes)
            bytes = JsonSerializer.SerializeToUtf8Bytes(report with { HotGrains = [] }, SiloReportJson.Default.SiloReport);
        if (bytes.Length > SiloReport.MaxBytes)
            bytes = JsonSerializer.SerializeToUtf8Bytes(report with { HotGrains = [], Consumers = null }, SiloReportJson.Default.SiloReport);
        await WriteSiloReport.ExecuteAsync(sources.Engine, silo.SiloId, incarnation, bytes, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} could not write its report: {Fault}")]
    private partial void LogFailed(string siloId, string fault);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Silo {SiloId} reports no more")]
    private partial void LogEnded(string siloId);
}
