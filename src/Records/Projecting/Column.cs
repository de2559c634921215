using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records.Projecting;

/// <summary>One column of many rows as one array parameter.</summary>
internal abstract class Column<TRow>
{
    public abstract NpgsqlParameter ToParameter(IReadOnlyCollection<TRow> rows);
}

internal sealed class Column<TRow, TValue>(NpgsqlDbType type, Func<TRow, TValue> value) : Column<TRow>
{
    public override NpgsqlParameter ToParameter(IReadOnlyCollection<TRow> rows)
    {
        var values = new TValue[rows.Count];
        var next = 0;
        foreach (var row in rows)
            values[next++] = value(row);
        return new NpgsqlParameter<TValue[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
