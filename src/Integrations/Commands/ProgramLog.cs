using Microsoft.Extensions.Logging;

namespace AwoooP.Integrations.Commands;

internal static partial class ProgramLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The program of a step of run {RunId} could not be started")]
    public static partial void NotStarted(ILogger logger, Exception fault, Guid runId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Process {ProcessId} of run {RunId} is ended with its children: its time is over")]
    public static partial void Ending(ILogger logger, Guid runId, int processId);
}
