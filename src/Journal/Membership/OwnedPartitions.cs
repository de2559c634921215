using System.Collections.Frozen;
using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>The partitions that this silo owns: it alone writes, delivers and wakes what is in them.</summary>
public sealed class OwnedPartitions(LeaseGuard lease, SiloIdentity silo) : IPartitionOwnership
{
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

    private readonly Lock _gate = new();
    private readonly PartitionTenure?[] _tenures = new PartitionTenure?[PartitionMap.Count];
    private volatile IReadOnlySet<short> _taken = FrozenSet<short>.Empty;

    public event Action? Changed;

    public int Generation => PartitionMap.Generation;

    public string SiloId => silo.SiloId;

    public IReadOnlySet<short> Owned => lease.IsValid ? _taken : FrozenSet<short>.Empty;

    public bool HasTaken(short partition) => _taken.Contains(partition);

    public bool Contains(short partition) => TenureOf(partition) is not null;

    /// <summary>What this silo owns the partition as at present; null when it does not. Costs a read of memory and of the monotonic clock.</summary>
    public PartitionTenure? TenureOf(short partition) => lease.IsValid ? Volatile.Read(ref _tenures[partition]) : null;

    /// <summary>Whether memory that was loaded under this tenure may be told now: it lasts, and so does the lease.</summary>
    public bool Covers(PartitionTenure? tenure) => tenure is { IsOver: false } && lease.IsValid;

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

    /// <summary>What was taken and not given up, whether or not the lease runs at this moment.</summary>
    internal IReadOnlySet<short> Taken => _taken;

    /// <summary>Adds what the table gave to the incarnation, unless this silo has become another one meanwhile. Their heads are loaded before.</summary>
    internal void Take(Incarnation incarnation, IEnumerable<short> partitions)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(lease.Incarnation, incarnation))
                return;

            var added = partitions.Where(partition => !_taken.Contains(partition)).ToList();
            if (added.Count == 0)
                return;

            foreach (var partition in added)
                Volatile.Write(ref _tenures[partition], new PartitionTenure(partition, incarnation));
            _taken = _taken.Concat(added).ToHashSet();
        }

        Changed?.Invoke();
    }

    /// <summary>
    /// Ends the tenures: from its return on, nothing more is admitted or begun to be written in the partitions.
    /// </summary>
    /// <returns>Those that this silo had as this incarnation.</returns>
    internal IReadOnlySet<short> Close(Incarnation incarnation, IReadOnlySet<short> partitions)
    {
        HashSet<short> closed;
        lock (_gate)
        {
            closed = [.. partitions.Where(partition => ReferenceEquals(_tenures[partition]?.Incarnation, incarnation))];
            End(closed);
        }

        if (closed.Count > 0)
            Changed?.Invoke();
        return closed;
    }

    /// <summary>After the lease was given up or lost.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            if (_taken.Count == 0)
                return;

            End(_taken);
        }

        Changed?.Invoke();
    }

    private void End(IReadOnlySet<short> partitions)
    {
        foreach (var partition in partitions)
        {
            _tenures[partition]?.End();
            Volatile.Write(ref _tenures[partition], null);
        }

        _taken = _taken.Where(partition => !partitions.Contains(partition)).ToHashSet();
    }

    /// <summary>A silo that has not joined has incarnation 0, which is never alive.</summary>
    private Incarnation CurrentIncarnation() => lease.Incarnation ?? new Incarnation(0, 0);
}
