namespace AwoooP.Journal.Membership;

/// <summary>What is done for the partitions that this silo owns, for as long as it owns them.</summary>
internal interface IPartitionWork
{
    /// <summary>Those that are worked on now.</summary>
    IEnumerable<short> Partitions { get; }

    /// <summary>At once, so that nothing more is taken from a partition that another silo may work on by now. Neither blocks nor throws.</summary>
    void StopOthersThan(IReadOnlySet<short> owned);

    /// <summary>Ends what was stopped and begins what is new. It is called again when it fails, and never twice at a time.</summary>
    Task MatchAsync(IReadOnlySet<short> owned, CancellationToken cancellationToken);

    void MatchFailed(int failures, Exception fault);
}
