using System.Globalization;

namespace AwoooP.Journal.Local;

/// <summary>The folder of initdb, pg_ctl and postgres, version 15 or newer.</summary>
public sealed class PostgresBinaries
{
    private const int OldestVersion = 15;
    private const string DebianRoot = "/usr/lib/postgresql";

    private PostgresBinaries(string folder) => Folder = folder;

    public string Folder { get; }

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>Looks in AWOOOP_PG_BIN, then in Debian's folders (newest first), then along PATH. Null when none is there.</summary>
    public static PostgresBinaries? Find()
    {
        var named = Environment.GetEnvironmentVariable("AWOOOP_PG_BIN");
        if (!string.IsNullOrWhiteSpace(named))
            return IsComplete(named) ? new PostgresBinaries(named) : null;

        return Candidates().Where(IsComplete).Select(folder => new PostgresBinaries(folder)).FirstOrDefault();
    }

    private static IEnumerable<string> Candidates()
    {
        if (Directory.Exists(DebianRoot))
        {
            var versions = Directory.EnumerateDirectories(DebianRoot)
                .Select(folder => (Folder: folder, Version: VersionOf(folder)))
                .Where(candidate => candidate.Version >= OldestVersion)
                .OrderByDescending(candidate => candidate.Version);
            foreach (var (folder, _) in versions)
                yield return Path.Combine(folder, "bin");
        }

        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
            yield return folder;
    }

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    // Debian's wrappers in /usr/bin have psql but neither initdb nor pg_ctl: all three are asked for.
    private static bool IsComplete(string folder) =>
        File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")) && File.Exists(Path.Combine(folder, "postgres"));
}
