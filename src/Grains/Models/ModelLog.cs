using Microsoft.Extensions.Logging;

namespace AwoooP.Models;

internal static partial class ModelLog
{
    [LoggerMessage(1, LogLevel.Warning, "Call {CallId}: the account {Account} did not get '{Command}', which is tried again with the same id")]
    public static partial void Retrying(ILogger logger, Exception fault, Guid callId, string account, string command);

    [LoggerMessage(2, LogLevel.Error, "Call {CallId}: the account {Account} was not told '{Command}' in time; the reservation will expire")]
    public static partial void NotTold(ILogger logger, Guid callId, string account, string command);

    [LoggerMessage(3, LogLevel.Warning, "Call {CallId}: the account {Account} refused '{Command}': {Code}")]
    public static partial void NotTaken(ILogger logger, Guid callId, string account, string command, string code);

    [LoggerMessage(4, LogLevel.Warning, "The budget of {ProjectId} is used up: {Count} calls in flight are cancelled")]
    public static partial void Killed(ILogger logger, string projectId, int count);

    [LoggerMessage(5, LogLevel.Warning, "The budget of {ProjectId} could not be asked after a gap in the feed; it is asked again while calls are in flight")]
    public static partial void NotAsked(ILogger logger, Exception fault, string projectId);

    [LoggerMessage(6, LogLevel.Debug, "Budgets are watched no more")]
    public static partial void WatchEnded(ILogger logger);

    [LoggerMessage(8, LogLevel.Trace, "No call of a model is in flight: budgets are not watched")]
    public static partial void WatchRests(ILogger logger);

    [LoggerMessage(9, LogLevel.Warning, "Call {CallId}: its accounts are slow, and are told behind the answer how it ended")]
    public static partial void ToldBehind(ILogger logger, Guid callId);

    [LoggerMessage(10, LogLevel.Error, "Call {CallId}: telling its accounts how it ended broke; what is not told will expire")]
    public static partial void TellingBroke(ILogger logger, Exception fault, Guid callId);

    [LoggerMessage(7, LogLevel.Warning, "A step of run {RunId} is answered by rules: {Code}")]
    public static partial void Degraded(ILogger logger, Guid runId, string code);
}
