namespace AwoooP.Systems;

/// <summary>
/// Debian's libfaketime under one silo: the time of day that its process reads can be moved while it runs. Clocks that only ever go
/// forward are left alone, as they are when an administrator or a time server sets a clock.
/// </summary>
public sealed class ShiftedClock(string file)
{
    private const string Libraries = "/usr/lib";

    /// <summary>Null when Debian's package libfaketime is not installed.</summary>
    public static string? Library { get; } = !Directory.Exists(Libraries)
        ? null
        : Directory.EnumerateDirectories(Libraries)
            .Select(static folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists);

    /// <summary>What a silo is started with.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = Library ?? throw new InvalidOperationException("Install Debian's package 'libfaketime'."),
        ["FAKETIME_TIMESTAMP_FILE"] = file,
        ["FAKETIME_CACHE_DURATION"] = "1",
        ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        ["NO_FAKE_STAT"] = "1",
    };

    /// <summary>Removes what the library leaves in shared memory for processes that were killed: a later one with the same id could not start.</summary>
    public static void Clean()
    {
        foreach (var leftover in Directory.EnumerateFiles("/dev/shm", "*faketime_*"))
        {
            if (!Directory.Exists($"/proc/{leftover[(leftover.LastIndexOf('_') + 1)..]}"))
                File.Delete(leftover);
        }
    }

    /// <summary>From about a second after this the process reads a time that is so many minutes off.</summary>
    public void Set(int minutes)
    {
        // Renamed into place: it must not be read half written.
        var draft = file + ".new";
        File.WriteAllText(draft, minutes < 0 ? $"{minutes}m\n" : $"+{minutes}m\n");
        File.Move(draft, file, overwrite: true);
    }
}
