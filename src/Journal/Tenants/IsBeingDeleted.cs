using Npgsql;

namespace AwoooP.Journal.Tenants;

/// <summary>Whether a project is past the point of no return: whatever is still to be done with its events is in vain.</summary>
internal sealed class IsBeingDeleted(NpgsqlDataSource engine)
{
    private const string Sql = "select exists (select from journal.removed_project r where r.id = $1 and r.deleting_since is not null)";

    public async Task<bool> ExecuteAsync(string projectId, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
