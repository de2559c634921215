using AwoooP.Journal;
using Microsoft.Extensions.Logging;

namespace AwoooP.Contracts;

internal static partial class ContractLog
{
    [LoggerMessage(1, LogLevel.Error, "{Id} version {Number} is unusable: {Code}")]
    public static partial void Unusable(ILogger logger, AggregateId id, int number, string code);

    [LoggerMessage(2, LogLevel.Warning, "{Id}: what was found at load could not be written ({Code}); it is told at the next one")]
    public static partial void Untold(ILogger logger, AggregateId id, string code);
}
