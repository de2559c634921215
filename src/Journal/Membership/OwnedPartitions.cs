using AwoooP.Journal.Storage;
using Npgsql;

namespace AwoooP.Journal.Membership;

/// <summary>The partitions that this silo owns: it alone writes, delivers and wakes what is in them.</summary>
public sealed class OwnedPartitions(LeaseGuard lease, SiloIdentity silo) : IPartitionOwnership
{
    private static readonly IReadOnlySet<short> None = new HashSet<short>();

    private const string Fence = "select journal.require_alive($1, $2, $3)";

    private volatile IReadOnlySet<short> _taken = None;

    public event Action? Changed;

    public int Generation => PartitionMap.Generation;

    public IReadOnlySet<short> Owned => lease.IsValid ? _taken : None;

    public bool Contains(short partition) => lease.IsValid && _taken.Contains(partition);

    public NpgsqlBatchCommand CreateFenceCommand()
    {
        // A silo that has not joined has incarnation 0, which is never alive.
        var incarnation = lease.Incarnation ?? new Incarnation(0, 0);
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

    public bool IsFenced(PostgresException fault) => fault.SqlState == SqlFaults.Fenced;

    internal void Replace(IReadOnlySet<short> partitions)
    {
        if (_taken.SetEquals(partitions)) return;

        _taken = partitions;
        Changed?.Invoke();
    }

    /// <summary>What was taken, whether or not the lease runs at this moment.</summary>
    internal bool HasTaken(short partition) => _taken.Contains(partition);
}
