namespace AwoooP.Journal.Membership;

/// <summary>Whoever must have started before this silo may join: as a member it is handed partitions at once, and is called for them.</summary>
public interface IJoinGate
{
    /// <summary>Completes once calls can be taken.</summary>
    Task Opened { get; }
}
