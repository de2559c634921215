using AwoooP.Journal;
using AwoooP.Journal.Delivery;
using AwoooP.Records;
using Npgsql;

namespace AwoooP.Api.Tests.Retention;

/// <summary>Projects a project's legal holds when somebody waits for them, as delivery does by itself.</summary>
internal sealed class ProjectedHolds(IJournal journal, NpgsqlDataSource app, string projectId) : IPositionWaiter
{
    private readonly IProjection _projection = RecordProjections.All.Single(static projection => projection.Name == "records.legal_holds");
    private long _version;

    /// <summary>As if the projection did not come on.</summary>
    public bool Hangs { get; set; }

    public async ValueTask<bool> WaitAsync(Position position, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Hangs)
            return false;

        var events = new List<RecordedEvent>();
        await foreach (var recorded in journal.ReadEventsAsync(new AggregateId("legal_holds", $"{projectId}/legal_holds"), _version, cancellationToken))
            events.Add(recorded);
        if (events.Count == 0)
            return true;

        await using var connection = await app.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var enter = new NpgsqlCommand("select set_config('awooop.project_ids', $1, true), set_config('search_path', 'public', true)", connection))
        {
            enter.Parameters.Add(new() { Value = projectId });
            await enter.ExecuteNonQueryAsync(cancellationToken);
        }

        await _projection.ApplyAsync(connection, events, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        _version = events[^1].Version;
        return true;
    }
}
