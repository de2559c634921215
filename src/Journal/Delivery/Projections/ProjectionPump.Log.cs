using Microsoft.Extensions.Logging;

namespace AwoooP.Journal.Delivery.Projections;

internal sealed partial class ProjectionPump
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Projection {Consumer} failed {Failures} times in a row ({Fault}); next attempt in {Delay}")]
    private partial void LogFailed(string consumer, int failures, TimeSpan delay, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Projection {Consumer} failed in partition {Partition} {Failures} times in a row ({Fault}); next attempt there in {Delay}")]
    private partial void LogRests(string consumer, short partition, int failures, TimeSpan delay, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Projection {Consumer} could not compare its positions or held events with the table ({Fault}) and tries again")]
    private partial void LogNotDone(string consumer, string fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Projection {Consumer} holds back {Kind} event {Position} of type {EventType}")]
    private partial void LogHeld(string consumer, DeadLetterKind kind, Position position, string eventType);

    [LoggerMessage(Level = LogLevel.Information, Message = "Projection {Consumer} took its positions in {Partitions} partitions from the table again")]
    private partial void LogResumed(string consumer, int partitions);
}
