namespace AwoooP.Client.Intake;

/// <summary>What a sender may send. Each bound has a code of its own.</summary>
internal static class IntakeLimits
{
    /// <summary>1 MiB a request: 413 <c>batch_too_large</c>.</summary>
    public const int MaxBatchBytes = 1024 * 1024;

    /// <summary>64 KiB an alert: <c>alert_too_large</c>.</summary>
    public const int MaxAlertBytes = 64 * 1024;

    /// <summary>Faults that are spelled out in an answer; the rest are counted.</summary>
    public const int MaxErrorsShown = 50;
}
