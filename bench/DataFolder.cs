namespace AwoooP.Bench;

/// <summary>A data folder that the server's account may pass, whoever runs the bench.</summary>
/// <param name="named">Kept; without one, a temporary folder is made and removed.</param>
internal sealed class DataFolder(string? named = null) : IDisposable
{
    private const UnixFileMode PassableByAll =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    public string Path { get; } = Open(named ?? Directory.CreateTempSubdirectory("awooop-bench-").FullName);

    public void Dispose()
    {
        if (named is null)
            Directory.Delete(Path, recursive: true);
    }

    private static string Open(string folder)
    {
        File.SetUnixFileMode(folder, PassableByAll);
        return folder;
    }
}
