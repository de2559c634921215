namespace AwoooP.Journal.Membership;

/// <summary>The partitions that this silo owns: it alone writes, delivers and wakes what is in them.</summary>
public sealed class OwnedPartitions
{
    private readonly Lock _lock = new();
    private volatile IReadOnlySet<short> _current = new HashSet<short>();

    /// <summary>Raised after partitions were taken or given up, with the new set; on the membership's own task.</summary>
    public event Action<IReadOnlySet<short>>? Changed;

    public IReadOnlySet<short> Current => _current;

    public bool Contains(short partition) => _current.Contains(partition);

    internal void Replace(IReadOnlySet<short> partitions)
    {
        lock (_lock)
        {
            if (_current.SetEquals(partitions)) return;

            _current = partitions;
        }

        Changed?.Invoke(partitions);
    }
}
