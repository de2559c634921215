using System.Collections.Concurrent;
using System.Diagnostics;
using AwoooP.Journal.Local;

namespace AwoooP.Testing;

/// <summary>
/// One PostgreSQL server a test process, in a temporary folder. A watchdog of its own stops the server and removes
/// the folder once the test process is gone, however it ended.
/// </summary>
public static class TestServer
{
    // Tests of logic need no durability, and crash tests start a server of their own.
    private static readonly Dictionary<string, string> FastSettings = new()
    {
        ["fsync"] = "off",
        ["full_page_writes"] = "off",
        ["shared_buffers"] = "128MB",
        ["wal_buffers"] = "16MB",
    };

    private const string Watchdog =
        """
        cat > /dev/null
        pid=$(head -n 1 "$1/postgres/cluster/postmaster.pid" 2>/dev/null)
        if [ -n "$pid" ]; then
            kill -QUIT "$pid" 2>/dev/null
            while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
        fi
        umount "$1/postgres/cluster/pg_wal" 2>/dev/null
        rm -rf "$1"
        """;

    /// <summary>Kept for as long as this process lives: a watchdog waits for the end of its input.</summary>
    private static readonly ConcurrentBag<Process> Watchdogs = [];

    private static readonly Lazy<Task<LocalPostgres>> Shared = new(async () =>
    {
        var server = new LocalPostgres(new LocalPostgresOptions { DataFolder = NewFolder(), Settings = FastSettings });
        await server.StartAsync(CancellationToken.None);
        return server;
    });

    /// <summary>The running server that the tests of this process share.</summary>
    public static Task<LocalPostgres> GetAsync() => Shared.Value;

    /// <summary>A new data folder that the watchdog clears away, server and all.</summary>
    public static string NewFolder()
    {
        var folder = Directory.CreateTempSubdirectory("awooop-test-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // The server's account must be able to pass it.
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_101_101);
        }

        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        foreach (var argument in (string[])["sh", "-c", Watchdog, "sh", folder])
            start.ArgumentList.Add(argument);
        Watchdogs.Add(Process.Start(start)!);
        return folder;
    }
}
