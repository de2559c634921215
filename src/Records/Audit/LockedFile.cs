using AwoooP.Journal.Faults;

namespace AwoooP.Records;

/// <summary>
/// Opens a file that others lock for a moment. On Linux whoever reads holds a shared lock, however it shares the file, so a reader keeps one who wants it alone
/// out, and the other way round; both wait here.
/// </summary>
public static class LockedFile
{
    /// <summary>So long a lock of others is waited for.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What <see cref="Exception.HResult"/> says of a file that is locked: EAGAIN of Linux.</summary>
    private const int WouldBlock = 11;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <exception cref="IOException">It cannot be opened, or was locked for 10 seconds.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened, or is a folder.</exception>
    public static async Task<FileStream> OpenAsync(string path, FileStreamOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var failures = 1; ; failures++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException fault) when (fault.HResult == WouldBlock && time.GetElapsedTime(began) < Patience)
            {
                // Tried again below.
            }

            await Task.Delay(BackOff.After(failures, FirstWait, LongestWait), time, cancellationToken);
        }
    }
}
