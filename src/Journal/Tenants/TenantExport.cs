using System.Data;
using System.Security.Cryptography;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Migrations;
using Npgsql;

namespace AwoooP.Journal.Tenants;

/// <summary>
/// Everything that the database holds of a project as files: one snapshot, a row in memory at a time, and a folder that is there whole or not at all.
/// Runs as awooop_owner, from the command line; silos go on meanwhile, and rebuilds, cuts and removals wait for its end.
/// </summary>
public sealed class TenantExport(NpgsqlDataSource owner)
{
    private const string Enter = "select set_config('awooop.project_ids', $1, true), transaction_timestamp()";

    private const string Positions =
        """
        select e.generation, e.partition, max(e.seq) from journal.event e where e.project_id = $1 group by e.generation, e.partition order by 1, 2
        """;

    /// <param name="folder">Must not be there yet, or be empty.</param>
    /// <returns>The manifest, and its hash.</returns>
    /// <exception cref="TenantException">There is nothing of the project, or not all of it any more, or the folder holds something.</exception>
    /// <exception cref="GuardRefusedException">Tables are rebuilt, the log is cut, or a tenant is taken out.</exception>
    public async Task<(ExportManifest Manifest, string Sha256)> WriteAsync(string projectId, string folder, CancellationToken cancellationToken)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var unfinished = target + ".unfinished";
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
            throw new TenantException(TenantFault.Refused, $"{target} holds something already: name a folder that is not there.");
        if (Path.Exists(unfinished))
            throw new TenantException(TenantFault.Refused, $"{unfinished} was left by an export that was cut off, or is being written: remove it first.");

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.CreateDirectory(unfinished, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            var manifest = (await ReadAsync(projectId, unfinished, cancellationToken)).ToBytes();
            await WriteManifestAsync(unfinished, manifest, cancellationToken);
            if (Directory.Exists(target))
                Directory.Delete(target);
            Directory.Move(unfinished, target);
            return (ExportCheck.Parse(manifest), Convert.ToHexStringLower(SHA256.HashData(manifest)));
        }
        catch
        {
            if (Directory.Exists(unfinished))
                Directory.Delete(unfinished, recursive: true);
            throw;
        }
    }

    private async Task<ExportManifest> ReadAsync(string projectId, string folder, CancellationToken cancellationToken)
    {
        // Before the snapshot: a table that is swapped in after it has rows that the snapshot does not see, and takes the place of those that it does.
        await using var guard = await ReplayGuard.TakeSharedAsync(owner, $"awooop tenant export {projectId}", cancellationToken);
        var connection = guard.Connection;
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        var exportedAt = await EnterAsync(connection, projectId, cancellationToken);
        if (await new RemovedProjectRow(connection, projectId).ReadStateAsync(cancellationToken) is TenantRemovalState.Deleting)
            throw new TenantException(TenantFault.Refused, $"Rows of {projectId} have been deleted already: an export would be of the rest alone.");

        var positions = await ReadPositionsAsync(connection, projectId, cancellationToken);
        if (positions.Count == 0)
            throw new TenantException(TenantFault.NotFound, $"The log holds nothing of a project {projectId}.");

        var files = new List<ExportedFile>();
        foreach (var table in (await ReadTenantTables.ExecuteAsync(connection, cancellationToken)).Where(static table => !table.IsShadow))
            files.Add(await WriteTableAsync(connection, table, projectId, folder, cancellationToken));

        return new ExportManifest
        {
            Format = ExportManifest.CurrentFormat,
            ProjectId = projectId,
            ExportedAt = exportedAt,
            Schema = [.. (await AppliedMigrations.ReadAsync(connection, cancellationToken)).Select(static done => new ExportedMigration(done.Number, done.Name, done.Checksum))],
            Files = files,
            Positions = positions,
        };
    }

    private static async Task<DateTimeOffset> EnterAsync(NpgsqlConnection connection, string projectId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Enter, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return row.GetFieldValue<DateTimeOffset>(1);
    }

    private static async Task<List<ExportedPosition>> ReadPositionsAsync(NpgsqlConnection connection, string projectId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Positions, connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        var positions = new List<ExportedPosition>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            positions.Add(new ExportedPosition(rows.GetInt16(0), rows.GetInt16(1), rows.GetInt64(2)));
        return positions;
    }

    private static async Task<ExportedFile> WriteTableAsync(
        NpgsqlConnection connection, TenantTable table, string projectId, string folder, CancellationToken cancellationToken)
    {
        var name = table.Name + ".jsonl";
        await using var file = ExportFile.Create(Path.Combine(folder, name));

        // Not jsonb, which writes what it holds anew: the digests of the audit trail are of the bytes that the log holds.
        var order = table.KeyColumns.Count > 0 ? $"order by {string.Join(", ", table.KeyColumns.Select(static column => $"t.{column}"))}" : "";
        await using var command = new NpgsqlCommand($"select row_to_json(t)::text from {table.Sql} t where t.project_id = $1 {order}", connection);
        command.CommandTimeout = 0;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        await using (var rows = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken))
        {
            while (await rows.ReadAsync(cancellationToken))
                await file.WriteLineAsync(rows.GetString(0), cancellationToken);
        }

        var sha256 = await file.FinishAsync(cancellationToken);
        return new ExportedFile(name, table.Name, file.Rows, file.Bytes, sha256);
    }

    private static async Task WriteManifestAsync(string folder, byte[] manifest, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Path.Combine(folder, ExportManifest.FileName), new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await file.WriteAsync(manifest, cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
