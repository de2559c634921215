namespace AwoooP.Journal.Delivery;

/// <summary>Delivery in this process at one moment.</summary>
/// <param name="Partitions">How many partitions are delivered here.</param>
/// <param name="Wakes">The wake-ups.</param>
public sealed record DeliveryStatus(int Partitions, IReadOnlyList<ConsumerStatus> Consumers, WakeStatus Wakes);

/// <param name="Fired">Since the process started.</param>
/// <param name="Retries">Firings that failed and will be repeated.</param>
/// <param name="InFlight">Called and not answered yet.</param>
/// <param name="NextDueAt">The next one that is known, or null.</param>
public sealed record WakeStatus(long Fired, long Retries, int InFlight, DateTimeOffset? NextDueAt);
