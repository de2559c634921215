namespace AwoooP.Testing;

/// <summary>What makes a server recover its cluster when it starts; the history has another name from there, a new timeline.</summary>
public static class PostgresRecovery
{
    /// <summary>There is no archive: a recovery finds everything in the log that is still here, and lets nobody in before it is through.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["restore_command"] = "false",
        ["hot_standby"] = "off",
    };

    /// <param name="cluster">Its folder, while the server is down.</param>
    public static Task AskAsync(string cluster) => File.WriteAllTextAsync(Path.Combine(cluster, "recovery.signal"), "");

    /// <summary>Puts another cluster in the place of one whose server is down.</summary>
    public static void Replace(string cluster, string another)
    {
        Directory.Delete(cluster, recursive: true);
        Directory.Move(another, cluster);
    }
}
