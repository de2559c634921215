using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Integrations.Audit;

/// <summary>The key of this machine, for want of a configured one: 256 random bits as hex, in a file that only its owner can read.</summary>
internal static class LocalAuditKey
{
    public const string IdPrefix = "local-";
    private const int Bytes = 32;

    /// <summary>The id is a part of the key's hash, so that another file is another key.</summary>
    public static string IdOf(byte[] key) => IdPrefix + Convert.ToHexStringLower(SHA256.HashData(key))[..12];

    /// <summary>Null when there is no file.</summary>
    /// <exception cref="InvalidOperationException">The file holds no key.</exception>
    public static async Task<byte[]?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string text;
        try
        {
            text = await File.ReadAllTextAsync(path, cancellationToken);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            return Convert.FromHexString(text.AsSpan().Trim()) is { Length: Bytes } key ? key : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new InvalidOperationException($"{path} does not hold an audit key. Put the right file back, or move it away to have a new one made.");
        }
    }

    /// <summary>Makes a key, unless another process has made one meanwhile; answers the one in the file.</summary>
    public static async Task<byte[]> MakeAsync(string path, CancellationToken cancellationToken)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);

        // Whole or not at all, and never over another.
        var unfinished = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            await using (var stream = new FileStream(unfinished, options))
            {
                await stream.WriteAsync(Encoding.ASCII.GetBytes(RandomNumberGenerator.GetHexString(Bytes * 2, lowercase: true) + "\n"), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(unfinished);
        }

        return await ReadAsync(path, cancellationToken) ?? throw new InvalidOperationException($"{path} was made and is not there.");
    }
}
