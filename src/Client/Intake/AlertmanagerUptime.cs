namespace AwoooP.Client.Intake;

/// <summary>Since when this process answers.</summary>
internal sealed class AlertmanagerUptime(TimeProvider time)
{
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();
}
