using AwoooP.Journal.Delivery;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Reports;

/// <summary>
/// Delivery as the living silos have last told it, summed: for a process that delivers nothing itself. What a silo counts since its start begins
/// anew with it.
/// </summary>
internal sealed partial class ReportedDelivery(JournalDataSources sources, TimeProvider time, ILogger<ReportedDelivery> logger)
    : PeriodicService(TimeSpan.FromSeconds(2), time), IDeliveryStatus
{
    private volatile DeliveryStatus _latest = new(0, [], new WakeStatus(0, 0, 0, null));

    public DeliveryStatus Read() => _latest;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var cluster = await Membership.ReadCluster.ExecuteAsync(sources.Reader, cancellationToken);
        var reports = await ReadSiloReports.ExecuteAsync(sources.Reader, cancellationToken);
        var consumers = reports.Values.SelectMany(static told => told.Report.Consumers ?? []).GroupBy(static consumer => consumer.Name);
        _latest = new DeliveryStatus(
            cluster.Silos.Where(static row => row.IsUp).Sum(static row => row.Partitions.Count),
            [.. consumers.Select(static told => Sum([.. told]))],
            _latest.Wakes);
    }

    protected override void Failed(Exception fault) => LogFailed(Fault.Describe(fault));

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
}
