namespace AwoooP.Journal.Reports;

/// <summary>The silos, for people to look at.</summary>
public interface IClusterStatus
{
    /// <summary>Reads the tables anew. Throws <see cref="JournalUnavailableException"/>.</summary>
    Task<ClusterStatus> ReadAsync(CancellationToken cancellationToken);
}
