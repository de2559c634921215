using Microsoft.Extensions.Logging;

namespace AwoooP.Retention;

internal static partial class RetentionLog
{
    [LoggerMessage(1, LogLevel.Warning, "Retention of {ProjectId}: rows of {Table} that are past their term could not be removed; the next sweep tries again")]
    public static partial void TableFailed(ILogger logger, Exception fault, string projectId, string table);

    [LoggerMessage(2, LogLevel.Warning, "Retention of {ProjectId}: the sweep had no time for {Tables} tables; the next begins with them")]
    public static partial void Unreached(ILogger logger, string projectId, int tables);
}
