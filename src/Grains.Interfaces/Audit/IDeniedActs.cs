namespace AwoooP.Audit;

/// <summary>Puts acts that are refused on record, before the refusal is answered: one in a process, for its front and its gateway to models.</summary>
public interface IDeniedActs
{
    /// <summary>How long a refusal waits until it is on record. Afterwards it is answered, and written all the same.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Ends once it is told or counted, after <see cref="Patience"/> at the latest; a fault is no fault of the caller.</summary>
    /// <param name="denial">What was refused, and to whom.</param>
    /// <param name="now">Durable time at which it was refused.</param>
    Task RecordAsync(Denial denial, DateTimeOffset now);
}
