using System.Text.Json;
using AwoooP.Projects;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads what the owner's procedure has written about projects that were taken out.</summary>
public sealed class RemovedProjectQueries
{
    private const string FindSql = "select r.id, r.deleted::text, r.manifest_sha256, r.removed_at from journal.removed_project r where r.id = $1";

    private readonly TenantReader _reader;

    internal RemovedProjectQueries(TenantReader reader) => _reader = reader;

    /// <summary>Null for a project that no removal has touched in the database.</summary>
    public Task<RemovedProject?> FindAsync(string projectId, CancellationToken cancellationToken) =>
        _reader.FindAsync(projectId, Find(projectId), Map, cancellationToken);

    internal static NpgsqlBatchCommand Find(string projectId) => new(FindSql) { Parameters = { TenantReader.Text(projectId) } };

    private static RemovedProject Map(NpgsqlDataReader reader)
    {
        using var deleted = JsonDocument.Parse(reader.GetString(1));
        return new RemovedProject(
            reader.GetString(0),
            [.. deleted.RootElement.EnumerateObject().Select(static table => new DeletedRows(table.Name, table.Value.GetInt64())).OrderBy(static rows => rows.Table, StringComparer.Ordinal)],
            reader.Text(2),
            reader.Time(3));
    }
}
