using System.Text.Json;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Reports;

/// <summary>Writes this silo's report every few seconds. Apart from the heartbeat, which must depend on nothing that a report says.</summary>
internal sealed partial class SiloReporter(
    IGrainFigures grains, PartitionLoad partitions, LeaseGuard lease, SiloIdentity silo, JournalDataSources sources, TimeProvider time,
    ILogger<SiloReporter> logger, IDeliveryStatus? delivery = null)
    : PeriodicService(TimeSpan.FromSeconds(2), time)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
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

    protected override void Failed(Exception fault) => LogFailed(silo.SiloId, Fault.Describe(fault));

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} could not write its report: {Fault}")]
    private partial void LogFailed(string siloId, string fault);
}
