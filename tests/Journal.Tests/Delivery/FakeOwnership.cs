using AwoooP.Journal.Membership;
using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Owns what a test says.</summary>
internal sealed class FakeOwnership(params IEnumerable<short> partitions) : IPartitionOwnership
{
    private volatile IReadOnlySet<short> _owned = partitions.ToHashSet();

    public event Action? Changed;

    public int Generation => 1;

    public string SiloId => "silo-1";

    public IReadOnlySet<short> Owned
    {
        get
        {
            var owned = _owned;
            AfterRead();
            return owned;
        }
    }

    /// <summary>What happens between a reader's look at what is owned and what it does then.</summary>
    public Action AfterRead { get; set; } = static () => { };

    /// <summary>The SQL of the next fences.</summary>
    public Func<string> Fence { get; set; } = static () => "select 1";

    public PartitionTenure? TenureOf(short partition) => _owned.Contains(partition) ? new PartitionTenure(partition, new Incarnation(1, 1)) : null;

    public bool HasTaken(short partition) => _owned.Contains(partition);

    public void Own(params IEnumerable<short> partitions)
    {
        OwnUntold(partitions);
        Changed?.Invoke();
    }

    /// <summary>As when the lease runs out or is renewed after it had: told by the clock, and by nobody's call.</summary>
    public void OwnUntold(params IEnumerable<short> partitions) => _owned = partitions.ToHashSet();

    public NpgsqlBatchCommand CreateFenceCommand() => new(Fence());

    public NpgsqlBatchCommand CreateEpochCommand(short[] partitions) =>
        new("update journal.partition set epoch = epoch + 1 where partition = any ($1) returning partition, epoch")
        {
            Parameters = { new NpgsqlParameter<short[]> { TypedValue = partitions } },
        };

    public bool IsFenced(PostgresException fault) => false;
}
