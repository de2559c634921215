using AwoooP.Journal.Cuts;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records;

/// <summary>What retention has removed from the record tables, for rebuilds.</summary>
public sealed class RemovedRows : IRemovedRows
{
    private const string Sql = "select retention.leave_out($1, coalesce($2 - retention.last_word(), 'infinity'))";

    public async Task LeaveOutAsync(NpgsqlConnection owner, string schema, DateTimeOffset? upTo, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, owner) { CommandTimeout = 0 };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)upTo?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
