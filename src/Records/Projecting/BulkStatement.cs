using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Projecting;

/// <summary>
/// One statement that writes any number of rows: its SQL unnests one array a column, <c>$1</c> being the first declared.
/// Enum columns are sent as text and cast in the SQL.
/// </summary>
internal sealed class BulkStatement<TRow>(string sql)
{
    private readonly List<Column<TRow>> _columns = [];

    public async Task ExecuteAsync(NpgsqlConnection connection, IReadOnlyCollection<TRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
            return;

        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var column in _columns)
            command.Parameters.Add(column.ToParameter(rows));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="length">The column's width in characters; longer text is cut, since content must never stop a projection.</param>
    public BulkStatement<TRow> Text(Func<TRow, string?> value, int length = int.MaxValue) =>
        Add(NpgsqlDbType.Text, row => value(row).Cut(length));

    /// <param name="value">JSON text.</param>
    public BulkStatement<TRow> Json(Func<TRow, string?> value) => Add(NpgsqlDbType.Jsonb, value);

    public BulkStatement<TRow> Integer(Func<TRow, int?> value) => Add(NpgsqlDbType.Integer, value);

    public BulkStatement<TRow> Bigint(Func<TRow, long?> value) => Add(NpgsqlDbType.Bigint, value);

    public BulkStatement<TRow> Smallint(Func<TRow, short> value) => Add(NpgsqlDbType.Smallint, value);

    public BulkStatement<TRow> Bytes(Func<TRow, byte[]> value) => Add(NpgsqlDbType.Bytea, value);

    public BulkStatement<TRow> Double(Func<TRow, double?> value) => Add(NpgsqlDbType.Double, value);

    public BulkStatement<TRow> Numeric(Func<TRow, decimal> value) => Add(NpgsqlDbType.Numeric, value);

    public BulkStatement<TRow> Boolean(Func<TRow, bool?> value) => Add(NpgsqlDbType.Boolean, value);

    public BulkStatement<TRow> Uuid(Func<TRow, Guid?> value) => Add(NpgsqlDbType.Uuid, value);

    public BulkStatement<TRow> Time(Func<TRow, DateTimeOffset?> value) =>
        Add(NpgsqlDbType.TimestampTz, row => value(row)?.ToUniversalTime());

    private BulkStatement<TRow> Add<TValue>(NpgsqlDbType type, Func<TRow, TValue> value)
    {
        _columns.Add(new Column<TRow, TValue>(type, value));
        return this;
    }
}
