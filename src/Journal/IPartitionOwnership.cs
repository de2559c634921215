using AwoooP.Journal.Membership;
using Npgsql;

namespace AwoooP.Journal;

/// <summary>Which partitions this silo owns at present: the only ones that it writes, delivers and fires wake-ups of.</summary>
public interface IPartitionOwnership
{
    /// <summary>The generation of positions; it changes only with an offline repartition.</summary>
    int Generation { get; }

    /// <summary>A snapshot; empty as soon as the lease has run out by the monotonic clock.</summary>
    IReadOnlySet<short> Owned { get; }

    /// <summary>Who owns them: this silo.</summary>
    string SiloId { get; }

    /// <summary>Whether the partition was taken and not given up, also while the lease has run out.</summary>
    bool HasTaken(short partition);

    /// <summary>What this silo owns the partition as at present; null when it does not, or when its lease has run out.</summary>
    PartitionTenure? TenureOf(short partition);

    /// <summary>Raised after <see cref="Owned"/> has changed, also when the lease is lost. Handlers must neither block nor throw.</summary>
    event Action? Changed;

    /// <summary>
    /// The fence as a command to run inside a transaction of role awooop_engine: it takes the shared lock and fails with
    /// a SqlState that <see cref="IsFenced"/> knows when this silo's incarnation is no longer alive.
    /// </summary>
    NpgsqlBatchCommand CreateFenceCommand();

    /// <summary>
    /// Raises the epoch of those of the partitions that this silo owns by the table, and answers (partition, epoch) of each. For a
    /// transaction that begins with the fence: whatever writes under an epoch holds the partition's row in share mode, so this waits for
    /// what is in flight, and what comes later under an older epoch writes nothing.
    /// </summary>
    NpgsqlBatchCommand CreateEpochCommand(short[] partitions);

    /// <summary>Whether the fault of a transaction was the fence.</summary>
    bool IsFenced(PostgresException fault);
}
