using AwoooP.Journal;
using Microsoft.Extensions.Logging;

namespace AwoooP.Aggregates;

internal static partial class AggregateLog
{
    [LoggerMessage(1, LogLevel.Information, "{Id} was decided on an older version {Version}; reloading (attempt {Attempt})")]
    public static partial void Conflicted(ILogger logger, AggregateId id, long version, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "{Id} leaves memory: its commit at version {Version} ended {Status}")]
    public static partial void Dropped(ILogger logger, AggregateId id, long version, CommitStatus status);

    [LoggerMessage(3, LogLevel.Information, "{Id} has a snapshot of shape {Found}, not {Known}: refolding it from its events")]
    public static partial void Refolding(ILogger logger, AggregateId id, int found, int known);

    [LoggerMessage(4, LogLevel.Warning, "{Id} refused its wake-up {Name}: {Code}")]
    public static partial void WakeRefused(ILogger logger, AggregateId id, string name, string code);

    [LoggerMessage(5, LogLevel.Warning, "The journal refused a commit of {Id}: {Code}")]
    public static partial void CommitRefused(ILogger logger, AggregateId id, string? code);
}
