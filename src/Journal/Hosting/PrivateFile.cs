using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AwoooP.Journal.Hosting;

/// <summary>Files and folders that only their owner may read.</summary>
public static partial class PrivateFile
{
    /// <summary><c>EEXIST</c> of &lt;errno.h&gt;.</summary>
    private const int AlreadyThere = 17;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// What the file holds. One that is not there is made, with its folder: whole or not at all, and never over another. Of several that make it
    /// at the same time, all answer what the first has put there.
    /// </summary>
    /// <param name="path">Where it is. Its file system must have hard links.</param>
    /// <param name="content">Asked only when there is no file.</param>
    /// <exception cref="IOException">It can be neither read nor made.</exception>
    public static byte[] ReadOrMake(string path, Func<byte[]> content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var place = Path.GetFullPath(path);
        if (!File.Exists(place))
            Make(place, content());
        return File.ReadAllBytes(place);
    }

    /// <summary>A file of this process alone, written anew. One that was there keeps its mode.</summary>
    internal static FileStream Create(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });

    internal static void CreateFolder(string path) => Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);

    private static void Make(string path, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // A name of its own: two that start at the same time must not write into one draft.
        var draft = $"{path}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
        try
        {
            using (var file = Create(draft))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            // Not File.Move: without overwriting it looks whether there is a file and then renames, which replaces one that came between.
            var error = Link(draft, path) == 0 ? 0 : Marshal.GetLastPInvokeError();
            if (error is not (0 or AlreadyThere))
                throw new IOException($"{path} cannot be made: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
        finally
        {
            File.Delete(draft);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string added);
}
