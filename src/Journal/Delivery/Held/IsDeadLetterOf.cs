using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>Whether a project has a dead letter with this id.</summary>
internal sealed class IsDeadLetterOf(NpgsqlDataSource engine)
{
    private const string Sql = "select exists (select from journal.dead_letter d where d.id = $1 and d.project_id = $2 and d.kind <> 'queued')";

    public async Task<bool> ExecuteAsync(string projectId, Guid id, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
