using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>The partitions that this silo owns: it alone writes, delivers and wakes what is in them.</summary>
public sealed class OwnedPartitions(LeaseGuard lease, SiloIdentity silo) : IPartitionOwnership
{
    private static readonly IReadOnlySet<short> None = new HashSet<short>();

    private const string Fence = "select journal.require_alive($1, $2, $3)";

    // Rows in one order for everybody, so that nobody waits for each other in a circle.
    private const string RaiseEpoch =
        """
        with owned as materialized (
            select p.partition from journal.partition p
            where p.partition = any ($1) and p.owner = $2 and p.owner_incarnation = $3
            order by p.partition
            for no key update
        )
        update journal.partition p set epoch = p.epoch + 1 from owned o where p.partition = o.partition
        returning p.partition, p.epoch
        """;

    private volatile IReadOnlySet<short> _taken = None;

    public event Action? Changed;

    public int Generation => PartitionMap.Generation;

    public IReadOnlySet<short> Owned => lease.IsValid ? _taken : None;

    public bool Contains(short partition) => lease.IsValid && _taken.Contains(partition);

    public NpgsqlBatchCommand CreateFenceCommand()
    {
        var incarnation = CurrentIncarnation();
        return new NpgsqlBatchCommand(Fence)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = silo.SiloId },
                new NpgsqlParameter<int> { TypedValue = incarnation.Fence },
                new NpgsqlParameter<long> { TypedValue = incarnation.Number },
            },
        };
    }

    public NpgsqlBatchCommand CreateEpochCommand(short[] partitions) => new(RaiseEpoch)
    {
        Parameters =
        {
            new NpgsqlParameter<short[]> { TypedValue = partitions },
            new NpgsqlParameter<string> { TypedValue = silo.SiloId },
            new NpgsqlParameter<long> { TypedValue = CurrentIncarnation().Number },
        },
    };

    public bool IsFenced(PostgresException fault) => fault.SqlState == SqlFaults.Fenced;

    /// <summary>What this silo owns the partition as at present; null when it does not.</summary>
    internal Incarnation? WriterOf(short partition)
    {
        // Read first: what is taken later is never taken for an earlier incarnation's.
        var incarnation = lease.Incarnation;
        return Contains(partition) ? incarnation : null;
    }

    internal void Replace(IReadOnlySet<short> partitions)
    {
        if (_taken.SetEquals(partitions))
            return;

        _taken = partitions;
        Changed?.Invoke();
    }

    /// <summary>What was taken, whether or not the lease runs at this moment.</summary>
    internal bool HasTaken(short partition) => _taken.Contains(partition);

    /// <summary>A silo that has not joined has incarnation 0, which is never alive.</summary>
    private Incarnation CurrentIncarnation() => lease.Incarnation ?? new Incarnation(0, 0);
}
