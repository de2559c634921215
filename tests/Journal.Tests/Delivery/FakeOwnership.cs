using Npgsql;

namespace AwoooP.Journal.Tests.Delivery;

/// <summary>Owns what a test says.</summary>
internal sealed class FakeOwnership(params IEnumerable<short> partitions) : IPartitionOwnership
{
    private volatile IReadOnlySet<short> _owned = partitions.ToHashSet();

    public event Action? Changed;

    public int Generation => 1;

    public IReadOnlySet<short> Owned => _owned;

    public void Own(params IEnumerable<short> partitions)
    {
        _owned = partitions.ToHashSet();
        Changed?.Invoke();
    }

    public NpgsqlBatchCommand CreateFenceCommand() => new("select 1");

    public bool IsFenced(PostgresException fault) => false;
}
