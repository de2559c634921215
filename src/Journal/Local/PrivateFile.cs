namespace AwoooP.Journal.Local;

/// <summary>Files and folders that only their owner may read.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const string UnixOnly = "The local PostgreSQL cluster needs a Unix system.";

    public static FileStream Create(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException(UnixOnly);
        return new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
    }

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            throw new PlatformNotSupportedException(UnixOnly);
        Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }
}
