using System.Text.Json;
using System.Text.Json.Serialization;

namespace AwoooP.Journal.Tenants;

/// <summary>What an export holds, and how to tell that it is whole. Its own hash names the export.</summary>
public sealed record ExportManifest
{
    /// <summary>The form of the folder: raised when a reader of this one could not read the next.</summary>
    public const string CurrentFormat = "awooop.tenant.export.1";

    public const string FileName = "manifest.json";

    public required string Format { get; init; }

    public required string ProjectId { get; init; }

    /// <summary>By PostgreSQL's clock, when the snapshot was taken: every file is of that moment.</summary>
    public required DateTimeOffset ExportedAt { get; init; }

    /// <summary>The migrations that the database had, which say what the columns mean.</summary>
    public required IReadOnlyList<ExportedMigration> Schema { get; init; }

    public required IReadOnlyList<ExportedFile> Files { get; init; }

    /// <summary>The last event of the project in each partition that has one.</summary>
    public required IReadOnlyList<ExportedPosition> Positions { get; init; }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ExportJson.Default.ExportManifest);
}

public sealed record ExportedMigration(int Number, string Name, string Checksum);

/// <param name="File">JSON Lines: a row a line, its columns by name.</param>
/// <param name="Bytes">The file's length.</param>
/// <param name="Sha256">Of the file, lower-case hex.</param>
public sealed record ExportedFile(string File, string Table, long Rows, long Bytes, string Sha256);

public sealed record ExportedPosition(short Generation, short Partition, long Seq);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ExportManifest))]
internal sealed partial class ExportJson : JsonSerializerContext;
