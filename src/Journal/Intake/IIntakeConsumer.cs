namespace AwoooP.Journal.Intake;

/// <summary>Works the log off: gets the records of one partition in order, at least once each, in batches as large as the backlog allows.</summary>
public interface IIntakeConsumer
{
    /// <summary>Stable: names the cursor.</summary>
    string Kind { get; }

    /// <summary>
    /// Called at the same time for several partitions, one batch after the other for each. Throw for an outage: the same records come again.
    /// Throw <see cref="Delivery.DeterministicFaultException"/>: they come one by one, and the one that throws again is set aside as rejected.
    /// </summary>
    ValueTask ConsumeAsync(IReadOnlyList<IntakeRecord> records, CancellationToken cancellationToken);
}
