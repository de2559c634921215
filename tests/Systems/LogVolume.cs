using System.Globalization;
using AwoooP.Demo;
using Npgsql;

namespace AwoooP.Systems;

/// <summary>A small volume for PostgreSQL's log alone (a tmpfs), which can be filled up and freed again.</summary>
public sealed class LogVolume : IAsyncDisposable
{
    private const long SpareBytes = 64 * 1024 * 1024;
    private const int ChunkBytes = 64 * 1024;
    private const int MaySystemAdminister = 21;

    private readonly AwooopSystem _system;
    private readonly string _folder;
    private readonly long _spareBytes;

    private LogVolume(AwooopSystem system, string folder, long spareBytes)
    {
        _system = system;
        _folder = folder;
        _spareBytes = spareBytes;
    }

    /// <summary>Whether this process may mount one: root, and not of a container that is forbidden to.</summary>
    public static bool CanMount { get; } = Environment.IsPrivilegedProcess && MayMount();

    private string Ballast => Path.Combine(_folder, "ballast");

    /// <summary>Moves the log of a system that is up to a volume of its own; the server is stopped and started for it.</summary>
    /// <param name="spareBytes">How much the log may grow by until it is filled up or <see cref="FreeAsync">given room</see>.</param>
    public static async Task<LogVolume> MountAsync(AwooopSystem system, long spareBytes = SpareBytes)
    {
        var log = Path.Combine(system.Folder, "postgres", "cluster", "pg_wal");
        var whole = log + ".whole";
        await system.Postgres.StopAsync(CancellationToken.None);
        Directory.Move(log, whole);
        Directory.CreateDirectory(log);
        var bytes = new DirectoryInfo(whole).EnumerateFiles("*", SearchOption.AllDirectories).Sum(static file => file.Length) + spareBytes;
        await RunAsync(system, "mount", "-t", "tmpfs", "-o", Size(bytes), "awooop-log", log);
        // With owners and modes, also the folder's own.
        await RunAsync(system, "cp", "-a", whole + "/.", log);
        Directory.Delete(whole, recursive: true);
        await system.StartPostgresAsync();
        return new LogVolume(system, log, spareBytes);
    }

    /// <summary>Leaves no room for another file of the log, and has the server write until it notices.</summary>
    public async Task FillAsync()
    {
        await using (var ballast = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            var chunk = new byte[ChunkBytes];
            try
            {
                while (true)
                    await ballast.WriteAsync(chunk);
            }
            catch (IOException)
            {
                // The volume is full, as it should be.
            }
        }

        // Files that the log has in stock are used up first.
        await using var writing = NpgsqlDataSource.Create(_system.Postgres.SuperuserConnection());
        try
        {
            while (true)
            {
                await using var write = writing.CreateCommand("select pg_logical_emit_message(false, 'ballast', repeat('x', 1000000))");
                await write.ExecuteNonQueryAsync();
            }
        }
        catch (NpgsqlException)
        {
            // The server has ended the connection: it cannot write on.
        }
    }

    /// <summary>Makes room: the log itself may have filled most of the volume, and recovery wants another file of it.</summary>
    public Task FreeAsync()
    {
        File.Delete(Ballast);
        var volume = new DriveInfo(_folder);
        return RunAsync(_system, "mount", "-o", $"remount,{Size(volume.TotalSize - volume.TotalFreeSpace + _spareBytes)}", _folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Postgres.CrashAsync(CancellationToken.None);
        await RunAsync(_system, "umount", _folder);
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"size={bytes}");

    private static Task RunAsync(AwooopSystem system, string program, params string[] arguments) =>
        ChildProcess.RunAsync(program, arguments, Path.Combine(system.Folder, "volume.out"));

    private static bool MayMount()
    {
        var capabilities = File.ReadLines("/proc/self/status").First(static line => line.StartsWith("CapEff:", StringComparison.Ordinal));
        return (ulong.Parse(capabilities["CapEff:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << MaySystemAdminister)) != 0;
    }
}
