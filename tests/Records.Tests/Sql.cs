using Npgsql;

namespace AwoooP.Records.Tests;

internal static class Sql
{
    /// <summary>Some statements make hundreds of thousands of rows.</summary>
    private const int LongestSeconds = 600;

    public static async Task<List<T>> QueryAsync<T>(this NpgsqlDataSource source, string sql, Func<NpgsqlDataReader, T> map, params object[] parameters)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QueryAsync(sql, map, parameters);
    }

    public static async Task<List<T>> QueryAsync<T>(this NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> map, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(map(reader));
        return rows;
    }

    public static async Task<int> ExecuteAsync(this NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = LongestSeconds };
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>A transaction as a role that sees the tenants named; rolled back when disposed.</summary>
    public static async Task<NpgsqlConnection> EnterAsync(this NpgsqlDataSource source, string? projectIds)
    {
        var connection = await source.OpenConnectionAsync();
        await connection.ExecuteAsync("begin");
        if (projectIds is not null)
            await connection.QueryAsync("select set_config('awooop.project_ids', $1, true)", reader => reader.GetString(0), projectIds);
        return connection;
    }

    /// <summary>The SqlState that a statement fails with, or null when it succeeds with no row touched.</summary>
    public static async Task<string?> RefusalOfAsync(this NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await connection.ExecuteAsync("savepoint attempt");
        try
        {
            (await connection.ExecuteAsync(sql, parameters)).ShouldBe(0, sql);
            return null;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
        finally
        {
            await connection.ExecuteAsync("rollback to attempt");
        }
    }
}
