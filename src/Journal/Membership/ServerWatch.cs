using AwoooP.Journal.Faults;
using AwoooP.Journal.Hosting;
using AwoooP.Journal.Storage;
using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Membership;

/// <summary>Follows PostgreSQL's clock in a process that has no lease to renew, and knows whether the server answers.</summary>
public sealed partial class ServerWatch(JournalDataSources sources, DurableClock clock, TimeProvider time, ILogger<ServerWatch> logger)
    : PeriodicService(TimeSpan.FromSeconds(1), time)
{
    private const string Sql = "select clock_timestamp()";

    private volatile bool _isAnswering;

    /// <summary>Whether the last look was answered.</summary>
    public bool IsAnswering => _isAnswering;

    protected override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var command = sources.Reader.CreateCommand(Sql);
        var sentAt = Time.GetTimestamp();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        clock.Follow(row.GetFieldValue<DateTimeOffset>(0), sentAt, Time.GetTimestamp());
        _isAnswering = true;
    }

    protected override void Failed(Exception fault)
    {
        if (_isAnswering)
            LogAway(Fault.Describe(fault));
        _isAnswering = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL does not answer: {Fault}")]
    private partial void LogAway(string fault);
}
