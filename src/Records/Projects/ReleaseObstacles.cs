using System.Globalization;
using AwoooP.Operators;
using Npgsql;

namespace AwoooP.Records;

/// <summary>What would open a project that is made with the id of one that was taken out: keys with a role in it that are still good.</summary>
public static class ReleaseObstacles
{
    /// <summary>Keys that are named; of more the number is said.</summary>
    private const int MaxNamed = 20;

    private const string EnterSql = "select set_config('awooop.project_ids', $1, true)";

    // Roles in every project are not meant: such a key opens whatever is made, and was given for that.
    private const string KeysSql =
        """
        select k.key_id, count(*) over ()
        from public.awooop_role_binding b
        join public.awooop_operator_key k on k.project_id = b.project_id and k.key_id = b.key_id
        where b.project_id = $1 and b.bound_project = $2 and k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp())
        order by k.key_id
        limit $3
        """;

    /// <summary>One sentence that names the keys and what to do, or null when there are none.</summary>
    /// <param name="owner">A session of the owner, in no transaction.</param>
    /// <param name="projectId">Whose id is to be released.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task<string?> FindAsync(NpgsqlConnection owner, string projectId, CancellationToken cancellationToken)
    {
        // Keys belong to the operators' project, which the session sees for this transaction alone.
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        await using (var enter = new NpgsqlCommand(EnterSql, owner))
        {
            enter.Parameters.Add(new NpgsqlParameter<string> { TypedValue = IOperatorKeyGrain.Project });
            await enter.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(KeysSql, owner);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = IOperatorKeyGrain.Project });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxNamed });
        var (keys, all) = (new List<string>(), 0L);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(rows.GetString(0));
            all = rows.GetInt64(1);
        }

        if (keys.Count == 0)
            return null;

        var more = all > keys.Count ? string.Create(CultureInfo.InvariantCulture, $" and {all - keys.Count} more") : "";
        return $"Keys with a role in {projectId} are neither revoked nor expired, and would open what is made with its id: {string.Join(", ", keys)}{more}. "
            + "Revoke each ('awooop keys revoke KEY_ID'), and run the same again.";
    }
}
