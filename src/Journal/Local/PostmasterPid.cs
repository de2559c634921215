using System.Globalization;

namespace AwoooP.Journal.Local;

/// <summary>
/// What <c>postmaster.pid</c> says, checked against the processes that really run: after a crash its process id may
/// be free, or belong to some other program by now.
/// </summary>
internal sealed record PostmasterPid(int ProcessId, int Port)
{
    /// <summary>Null when there is no file, or an unreadable one (PostgreSQL crashed while writing it).</summary>
    public static PostmasterPid? Read(string path)
    {
        if (!File.Exists(path))
            return null;

        var lines = File.ReadAllLines(path);
        return lines.Length >= 4
            && int.TryParse(lines[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var processId)
            && int.TryParse(lines[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new PostmasterPid(Math.Abs(processId), port)
            : null;
    }

    /// <summary>True when the process runs and is the postmaster of this cluster: its working directory is the cluster.</summary>
    public bool IsRunning(string cluster)
    {
        try
        {
            var directory = new FileInfo($"/proc/{ProcessId}/cwd").ResolveLinkTarget(returnFinalTarget: false)?.FullName;
            return directory == cluster && File.ReadAllText($"/proc/{ProcessId}/comm").TrimEnd() is "postgres" or "postmaster";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // No such process, or one of another account, which cannot be a postmaster that this caller started.
            return false;
        }
    }
}
