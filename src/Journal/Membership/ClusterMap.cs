namespace AwoooP.Journal.Membership;

/// <summary>Holds the newest view of whoever looks at the table in this process.</summary>
public sealed class ClusterMap : IClusterMap
{
    private readonly Signal _wanted = new();
    private volatile ClusterView _current = ClusterView.Empty;

    public event Action? Changed;

    public ClusterView Current => _current;

    public void Refresh() => _wanted.Set();

    /// <summary>Returns when somebody has asked for a look since the last wait, or after that long.</summary>
    internal ValueTask WaitForRefreshAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken) =>
        _wanted.WaitAsync(atMost, time, cancellationToken);

    /// <summary>For the one loop that looks.</summary>
    internal void Publish(ClusterView view)
    {
        if (view.ShowsTheSameAs(_current))
            return;

        _current = view;
        Changed?.Invoke();
    }
}
