using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace AwoooP.Journal.Tenants;

/// <summary>Whether a folder holds an export as its manifest says. Needs no database.</summary>
public static class ExportCheck
{
    private const int BufferBytes = 128 * 1024;

    /// <summary>A manifest names some dozens of files and at most a few hundred partitions.</summary>
    private const long MaxManifestBytes = 16 * 1024 * 1024;

    /// <returns>The manifest, its hash, and every difference; none when all is as it was written.</returns>
    /// <exception cref="TenantException">There is no manifest that can be read.</exception>
    public static async Task<(ExportManifest Manifest, string Sha256, IReadOnlyList<string> Faults)> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var bytes = await ReadManifestAsync(Path.Combine(folder, ExportManifest.FileName), cancellationToken);
        var manifest = Parse(bytes);
        var faults = new List<string>();
        foreach (var file in manifest.Files)
        {
            if (await CompareAsync(folder, file, cancellationToken) is { } fault)
                faults.Add(fault);
        }

        var known = manifest.Files.Select(static file => file.File).Append(ExportManifest.FileName).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(Directory.EnumerateFileSystemEntries(folder).Select(static path => Path.GetFileName(path)!)
            .Where(name => !known.Contains(name)).Order(StringComparer.Ordinal).Select(static name => $"{name}: the manifest does not name it"));
        return (manifest, Convert.ToHexStringLower(SHA256.HashData(bytes)), faults);
    }

    internal static ExportManifest Parse(byte[] manifest)
    {
        try
        {
            return JsonSerializer.Deserialize(manifest, ExportJson.Default.ExportManifest) is { Format: ExportManifest.CurrentFormat } read
                && read.Files.All(static file => Path.GetFileName(file.File) == file.File && file.File.Length > 0)
                ? read
                : throw new TenantException(TenantFault.Failed, $"The manifest is not of the form {ExportManifest.CurrentFormat}.");
        }
        catch (JsonException)
        {
            throw new TenantException(TenantFault.Failed, "The manifest cannot be read.");
        }
    }

    private static async Task<byte[]> ReadManifestAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new TenantException(TenantFault.NotFound, $"There is no {path}.");
        if (file.Length > MaxManifestBytes)
            throw new TenantException(TenantFault.Failed, $"{path} has more than {MaxManifestBytes} bytes.");

        return await File.ReadAllBytesAsync(path, cancellationToken);
    }

    private static async Task<string?> CompareAsync(string folder, ExportedFile expected, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, expected.File);
        if (!File.Exists(path))
            return $"{expected.File}: it is not there";

        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using var file = File.OpenRead(path);
            var (rows, bytes) = (0L, 0L);
            for (int read; (read = await file.ReadAsync(buffer, cancellationToken)) > 0; bytes += read)
            {
                hash.AppendData(buffer, 0, read);
                rows += buffer.AsSpan(0, read).Count((byte)'\n');
            }

            if (bytes != expected.Bytes)
                return $"{expected.File}: it has {bytes} bytes and not {expected.Bytes}";
            if (Convert.ToHexStringLower(hash.GetHashAndReset()) != expected.Sha256)
                return $"{expected.File}: its content was changed";

            return rows == expected.Rows ? null : $"{expected.File}: it has {rows} rows and not {expected.Rows}";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
