using Microsoft.Extensions.Logging;

namespace AwoooP.Alerts;

internal static partial class AlertLog
{
    [LoggerMessage(1, LogLevel.Warning, "Alert {Fingerprint} passed over {Count} members: it has {Limit} already")]
    public static partial void MembersOverLimit(ILogger logger, string fingerprint, int count, int limit);

    [LoggerMessage(2, LogLevel.Error, "Alert {Fingerprint} refused {Count} items of intake: {Code}")]
    public static partial void ItemsRefused(ILogger logger, string fingerprint, int count, string code);

    [LoggerMessage(3, LogLevel.Error, "Intake record {Seq} of partition {Partition} cannot be read and is passed over")]
    public static partial void RecordUnreadable(ILogger logger, short partition, long seq);
}
