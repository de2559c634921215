namespace AwoooP.Journal.Local;

/// <summary>A lock file: two starts of one cluster wait for each other. The system gives it back when its holder dies.</summary>
internal sealed class ExclusiveFile : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private ExclusiveFile(FileStream file) => _file = file;

    public static async Task<ExclusiveFile> OpenAsync(string path, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(timeout);
        while (true)
        {
            try
            {
                return new ExclusiveFile(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (!waiting.IsCancellationRequested)
            {
                await Task.Delay(Retry, cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();
}
