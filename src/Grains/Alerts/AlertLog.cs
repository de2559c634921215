using Microsoft.Extensions.Logging;

namespace AwoooP.Alerts;

internal static partial class AlertLog
{
    [LoggerMessage(1, LogLevel.Warning, "Alert {Fingerprint} passed over {Count} members: it has {Limit} already")]
    public static partial void MembersOverLimit(ILogger logger, string fingerprint, int count, int limit);

    [LoggerMessage(2, LogLevel.Error, "Alert {Fingerprint} refused an item of intake: {Code}")]
    public static partial void ItemRefused(ILogger logger, string fingerprint, string code);
}
