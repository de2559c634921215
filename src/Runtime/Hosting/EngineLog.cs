using Microsoft.Extensions.Logging;

namespace AwoooP.Runtime.Hosting;

internal static partial class EngineLog
{
    [LoggerMessage(1, LogLevel.Error, "Grain {Grain} could not be activated")]
    public static partial void ActivationFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "Grain {Grain} failed while it was deactivated")]
    public static partial void DeactivationFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "A timer of grain {Grain} failed")]
    public static partial void TimerFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(4, LogLevel.Error, "Work that grain {Grain} does not wait for failed")]
    public static partial void ContinuationFailed(ILogger logger, GrainId grain, Exception exception);

    [LoggerMessage(5, LogLevel.Warning, "One-way call of {Method} on grain {Grain} failed")]
    public static partial void OneWayCallFailed(ILogger logger, GrainId grain, string method, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "All grains are deactivated")]
    public static partial void Drained(ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "What grains remember may be wrong: {Activations} activations are dropped")]
    public static partial void Forgetting(ILogger logger, int activations);

    [LoggerMessage(7, LogLevel.Warning, "Stopped with {Activations} grains still active, and with {Forwarded} calls of other silos passed on and not answered")]
    public static partial void DrainCutShort(ILogger logger, int activations, int forwarded);

    [LoggerMessage(9, LogLevel.Warning, "A one-way call of silo {Silo} for a grain of type {GrainType} was refused")]
    public static partial void OneWayCallRefused(ILogger logger, string grainType, string silo, Exception exception);
}
