namespace AwoooP.Commands;

/// <summary>What every aggregate answers to, whatever its kind.</summary>
public interface IAggregateGrain : IGrainWithStringKey
{
    /// <summary>A durable wake-up has come due. May come more than once.</summary>
    Task WakeAsync(string name, DateTimeOffset dueAt, CancellationToken cancellationToken);
}
