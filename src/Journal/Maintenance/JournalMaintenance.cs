using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AwoooP.Journal.Maintenance;

/// <summary>
/// Keeps the months of the event log made ahead, and removes command ids that have expired. Every silo does both: they can
/// be done twice at no harm.
/// </summary>
internal sealed partial class JournalMaintenance(
    IOptions<JournalOptions> options, SiloMembership membership, JournalDataSources sources, TimeProvider time, ILogger<JournalMaintenance> logger)
    : PeriodicService(TimeSpan.FromMinutes(10), time)
{
    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await membership.Joined.WaitAsync(cancellationToken);
        var made = await EnsureEventPartitions.ExecuteAsync(sources.Engine, options.Value.MonthsAhead, cancellationToken);
        var expired = await DeleteExpiredCommands.ExecuteAsync(sources.Engine, cancellationToken);
        LogDone(made, expired);
    }

    protected override void Failed(Exception fault) => LogFailed(Fault.Describe(fault));

    [LoggerMessage(Level = LogLevel.Debug, Message = "Journal maintenance: {Made} months made, {Expired} expired commands removed")]
    private partial void LogDone(int made, long expired);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Journal maintenance failed and will be tried again: {Fault}")]
    private partial void LogFailed(string fault);
}
