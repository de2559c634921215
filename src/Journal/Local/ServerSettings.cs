using System.Globalization;
using System.Text;

namespace AwoooP.Journal.Local;

/// <summary>The settings file of the local cluster, written anew at every start.</summary>
internal static class ServerSettings
{
    private const long Megabyte = 1024 * 1024;

    private static readonly (string Name, string Value)[] Defaults =
    [
        ("listen_addresses", "127.0.0.1"),
        ("max_connections", "200"),
        ("password_encryption", "scram-sha-256"),

        // Commits are many and small: fewer checkpoints mean fewer full-page images, and lz4 makes those cheap.
        ("wal_buffers", "64MB"),
        ("max_wal_size", "2GB"),
        ("checkpoint_timeout", "15min"),
        ("wal_compression", "lz4"),
        ("default_toast_compression", "lz4"),

        // Every statement is short; compiling one costs more than running it.
        ("jit", "off"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("log_line_prefix", "%m [%p] %q%u@%d/%a "),
    ];

    public static string Render(LocalPostgresOptions options, ClusterFolder folder, int port)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Defaults)
            settings[name] = value;
        settings["shared_buffers"] = string.Create(CultureInfo.InvariantCulture, $"{SharedBuffers() / Megabyte}MB");
        settings["port"] = port.ToString(CultureInfo.InvariantCulture);
        settings["unix_socket_directories"] = folder.HasSockets ? folder.Sockets : "";
        settings["timezone"] = options.TimeZone;
        settings["log_timezone"] = options.TimeZone;
        foreach (var (name, value) in options.Settings)
            settings[name] = value;

        var text = new StringBuilder("# Written at every start of the local cluster; a change here does not stay.\n");
        foreach (var (name, value) in settings.OrderBy(setting => setting.Key, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        return text.ToString();
    }

    /// <summary>An eighth of the machine: what is written again and again, snapshots and the ends of indexes, should stay in memory.</summary>
    private static long SharedBuffers() => Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8, 128 * Megabyte, 2048 * Megabyte);
}
