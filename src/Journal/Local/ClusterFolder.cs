namespace AwoooP.Journal.Local;

/// <summary>The paths of a local cluster inside the data folder.</summary>
internal sealed class ClusterFolder(string dataFolder)
{
    // sockaddr_un holds 108 bytes with its terminator, and the socket's name takes up to 20 of them.
    private const int LongestSocketFolder = 86;

    /// <summary>Absolute, so that it means the same to every program started.</summary>
    public string Root { get; } = Path.Combine(Path.GetFullPath(dataFolder), "postgres");

    public string Cluster => Path.Combine(Root, "cluster");

    /// <summary>Where initdb works; renamed to <see cref="Cluster"/> when it has finished, so a half-made cluster is never taken for a whole one.</summary>
    public string Unfinished => Path.Combine(Root, "cluster.unfinished");

    public string Sockets => Path.Combine(Root, "run");

    public string Log => Path.Combine(Root, "postgresql.log");

    public string PostmasterPid => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>Beside the cluster and not in it: they belong to the caller, not to the server's account.</summary>
    public string Passwords => Path.Combine(Path.GetFullPath(dataFolder), "postgres.passwords.json");

    public string PortFile => Path.Combine(Path.GetFullPath(dataFolder), "postgres.port");

    public string LockFile => Path.Combine(Path.GetFullPath(dataFolder), "postgres.lock");

    /// <summary>A path too long for a socket leaves TCP only.</summary>
    public bool HasSockets => Sockets.Length <= LongestSocketFolder;

    public bool IsMade => File.Exists(Path.Combine(Cluster, "PG_VERSION"));
}
