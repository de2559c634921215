namespace AwoooP.Journal.Intake;

/// <summary>Reads what is durable of one partition and kind.</summary>
internal interface IIntakeReader
{
    /// <summary>The records behind <paramref name="after"/>, in order, until one of the bounds is reached.</summary>
    Task<List<IntakeRecord>> ReadAsync(short partition, string kind, long after, int maxItems, int maxBytes, CancellationToken cancellationToken);
}
