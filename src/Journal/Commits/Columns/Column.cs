using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>One array parameter, filled anew for every batch. The list keeps its memory from batch to batch.</summary>
internal sealed class Column<T> : IColumn
{
    private readonly List<T> _values = [];

    public Column(NpgsqlDbType type) =>
        Parameter = new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = _values };

    public NpgsqlParameter<List<T>> Parameter { get; }

    public void Add(T value) => _values.Add(value);

    public void Clear() => _values.Clear();
}

internal interface IColumn
{
    void Clear();
}
