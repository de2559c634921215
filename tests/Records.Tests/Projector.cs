using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using Npgsql;

namespace AwoooP.Records.Tests;

/// <summary>Applies events as delivery does: as awooop_app, with the tenants of the batch set, in one transaction a batch.</summary>
internal static class Projector
{
    public static async Task ApplyAsync(NpgsqlDataSource app, IEnumerable<RecordedEvent> events, CancellationToken cancellationToken = default)
    {
        var batch = events.ToList();
        foreach (var projection in RecordProjections.All)
            await ApplyAsync(app, projection, batch, cancellationToken);
    }

    public static async Task ApplyAsync(NpgsqlDataSource app, IProjection projection, IReadOnlyList<RecordedEvent> events, CancellationToken cancellationToken = default)
    {
        var wanted = events.Where(recorded => projection.EventTypes.Contains(recorded.Type)).ToList();
        if (wanted.Count == 0)
            return;

        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var enter = new NpgsqlCommand("select set_config('awooop.project_ids', $1, true), set_config('search_path', 'public', true)", connection)
        {
            Parameters = { new() { Value = string.Join(',', wanted.Select(recorded => recorded.Id.ProjectId).Distinct()) } },
        };
        await enter.ExecuteNonQueryAsync(cancellationToken);
        await projection.ApplyAsync(connection, wanted, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
