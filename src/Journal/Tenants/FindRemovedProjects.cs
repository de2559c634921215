using Npgsql;

namespace AwoooP.Journal.Tenants;

/// <summary>Which of some projects were taken out, or are about to be: nothing of them may be written any more.</summary>
internal static class FindRemovedProjects
{
    internal const string Sql = "select r.id from journal.removed_project r where r.id = any ($1)";

    public static async Task<HashSet<string>> ExecuteAsync(NpgsqlConnection connection, IEnumerable<string> projectIds, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. projectIds.Distinct(StringComparer.Ordinal)] });
        var removed = new HashSet<string>(StringComparer.Ordinal);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            removed.Add(rows.GetString(0));
        return removed;
    }
}
