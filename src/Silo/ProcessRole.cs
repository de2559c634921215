namespace AwoooP.Silo;

/// <summary>What a process of the platform does.</summary>
public enum ProcessRole
{
    None = 0,

    /// <summary>Hosts grains and serves the front: all that a small system needs.</summary>
    Both = 1,

    /// <summary>Hosts grains; over HTTP it answers for its health and metrics alone.</summary>
    Silo = 2,

    /// <summary>Serves the front and calls the grains of the silos. It takes no partitions and has no lease.</summary>
    Front = 3,
}
