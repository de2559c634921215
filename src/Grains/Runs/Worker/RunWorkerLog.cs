using Microsoft.Extensions.Logging;

namespace AwoooP.Runs;

internal static partial class RunWorkerLog
{
    [LoggerMessage(1, LogLevel.Information, "Worker {WorkerId} takes up to {Concurrency} runs at a time")]
    public static partial void Started(ILogger logger, string workerId, int concurrency);

    [LoggerMessage(2, LogLevel.Information, "Worker {WorkerId} has stopped")]
    public static partial void Stopped(ILogger logger, string workerId);

    [LoggerMessage(3, LogLevel.Debug, "Run {RunKey} was offered and not taken")]
    public static partial void NotTaken(ILogger logger, string runKey);

    [LoggerMessage(4, LogLevel.Error, "The work on run {RunKey} ended in a fault; its lease decides what follows")]
    public static partial void Failed(ILogger logger, Exception fault, string runKey);

    [LoggerMessage(5, LogLevel.Debug, "Run {RunKey} was not claimed: {Code}")]
    public static partial void NotClaimed(ILogger logger, string runKey, string code);

    [LoggerMessage(6, LogLevel.Information, "Run {RunKey} is claimed by {WorkerId}, attempt {Attempt}")]
    public static partial void Claimed(ILogger logger, string runKey, string workerId, int attempt);

    [LoggerMessage(7, LogLevel.Warning, "Run {RunKey} is abandoned before its first step: {Reason}")]
    public static partial void Abandoned(ILogger logger, string runKey, string reason);

    [LoggerMessage(8, LogLevel.Information, "Run {RunKey} gives its lease back: {Reason}")]
    public static partial void Yielded(ILogger logger, string runKey, string reason);

    [LoggerMessage(9, LogLevel.Information, "Run {RunKey} step {StepNo} ({Phase}) ended {Status}")]
    public static partial void StepEnded(ILogger logger, string runKey, int stepNo, StepPhase phase, StepStatus status);

    [LoggerMessage(10, LogLevel.Warning, "Run {RunKey}: the lease is lost; whatever is under way stops")]
    public static partial void LeaseLost(ILogger logger, string runKey);

    [LoggerMessage(11, LogLevel.Warning, "Run {RunKey}: {Command} did not get through and is tried again with the same id")]
    public static partial void Retrying(ILogger logger, Exception fault, string runKey, string command);

    [LoggerMessage(12, LogLevel.Error, "Run {RunKey}: the executor of {Kind} steps broke")]
    public static partial void ExecutorFailed(ILogger logger, Exception fault, string runKey, string kind);

    [LoggerMessage(15, LogLevel.Warning, "Run {RunKey} has a model to ask and its project's budget is used up: it is cancelled")]
    public static partial void StoppedForBudget(ILogger logger, string runKey);

    [LoggerMessage(14, LogLevel.Warning, "Run {RunKey} is let go in the middle; its lease decides what follows")]
    public static partial void LetGo(ILogger logger, string runKey);

    [LoggerMessage(13, LogLevel.Warning, "Run {RunKey}: {Command} was refused: {Code}")]
    public static partial void Refused(ILogger logger, string runKey, string command, string code);
}
