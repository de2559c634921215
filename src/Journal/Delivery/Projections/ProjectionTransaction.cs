using Npgsql;

namespace AwoooP.Journal.Delivery.Projections;

/// <summary>A transaction as awooop_app, in which a projection sees its own tables and the tenants of its events only.</summary>
internal sealed class ProjectionTransaction : IAsyncDisposable
{
    private const string SetProjects = "set_config('awooop.project_ids', $1, true)";
    private const string SetProjectsSql = $"select {SetProjects}";
    private const string SetBothSql = $"select {SetProjects}, set_config('search_path', $2, true)";
    private const string Savepoint = "part";

    private readonly NpgsqlTransaction _transaction;

    private ProjectionTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        Connection = connection;
        _transaction = transaction;
    }

    public NpgsqlConnection Connection { get; }

    public static async Task<ProjectionTransaction> BeginAsync(
        NpgsqlDataSource app, string projectIds, string searchPath, CancellationToken cancellationToken)
    {
        var connection = await app.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var set = new NpgsqlCommand(SetBothSql, connection, transaction);
            set.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectIds });
            set.Parameters.Add(new NpgsqlParameter<string> { TypedValue = searchPath });
            await set.ExecuteNonQueryAsync(cancellationToken);
            return new ProjectionTransaction(connection, transaction);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>The search path that finds the tables of a projection: their schemas, in order of appearance.</summary>
    public static string SearchPath(IEnumerable<string> tables) => string.Join(
        ", ",
        tables.Select(table => TableName.Parse(table).Schema).Distinct(StringComparer.Ordinal).Select(TableName.Quote));

    public async Task SetProjectsAsync(string projectIds, CancellationToken cancellationToken)
    {
        await using var set = new NpgsqlCommand(SetProjectsSql, Connection);
        set.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectIds });
        await set.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task SaveAsync(CancellationToken cancellationToken) => _transaction.SaveAsync(Savepoint, cancellationToken);

    public Task RollbackToSaveAsync(CancellationToken cancellationToken) => _transaction.RollbackAsync(Savepoint, cancellationToken);

    public Task ReleaseAsync(CancellationToken cancellationToken) => _transaction.ReleaseAsync(Savepoint, cancellationToken);

    public Task CommitAsync(CancellationToken cancellationToken) => _transaction.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
