using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Membership;

public sealed partial class SiloMembership
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {SiloId} joined as incarnation {Incarnation}")]
    private partial void LogJoined(string siloId, long incarnation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} waits to join: incarnation {Incarnation}, of another process, has not left, and its lease of {Lease} must run out first")]
    private partial void LogWaits(string siloId, long incarnation, TimeSpan lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "Silo {SiloId} left, incarnation {Incarnation}")]
    private partial void LogLeft(string siloId, long incarnation);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Silo {SiloId} renews its lease no more")]
    private partial void LogBeatEnded(string siloId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} left without saying so, incarnation {Incarnation}: {Fault}")]
    private partial void LogLeftUnsaid(string siloId, long incarnation, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Silo {SiloId} could not renew its lease: {Fault}")]
    private partial void LogBeatFailed(string siloId, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Silo {SiloId} was declared dead as incarnation {Incarnation} and joins again")]
    private partial void LogDeclaredDead(string siloId, long incarnation);

    [LoggerMessage(Level = LogLevel.Error, Message = "The server has another history, now of system {SystemIdentifier} on timeline {Timeline}; everything in memory is dropped")]
    private partial void LogOtherServer(long systemIdentifier, string timeline);
}
