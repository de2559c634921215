using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AwoooP.Journal.Tenants;

/// <summary>One file of an export while it is written: a line at a time, hashed on its way.</summary>
internal sealed class ExportFile : IAsyncDisposable
{
    private const int BufferBytes = 128 * 1024;

    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private ExportFile(FileStream file) => _file = file;

    public long Rows { get; private set; }

    public long Bytes { get; private set; }

    public static ExportFile Create(string path) => new(new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.Write,
        BufferSize = BufferBytes,
        Options = FileOptions.Asynchronous,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    }));

    /// <param name="json">Line breaks in it stand between its values, where JSON has them for spaces: within a text they are escaped.</param>
    public async Task WriteLineAsync(string json, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length) + 1);
        try
        {
            var length = Encoding.UTF8.GetBytes(json, buffer);
            buffer.AsSpan(0, length).Replace((byte)'\n', (byte)' ');
            buffer.AsSpan(0, length).Replace((byte)'\r', (byte)' ');
            buffer[length++] = (byte)'\n';
            _hash.AppendData(buffer, 0, length);
            await _file.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
            Rows++;
            Bytes += length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>To the disk, since the folder is renamed on the word that its files are there.</summary>
    /// <returns>The hash of all that was written.</returns>
    public async Task<string> FinishAsync(CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        await _file.DisposeAsync();
    }
}
