using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>The array parameters of a command, in the order in which they are added.</summary>
internal sealed class ColumnSet(NpgsqlParameterCollection parameters)
{
    private readonly List<IColumn> _columns = [];

    public Column<T> Add<T>(NpgsqlDbType type)
    {
        var column = new Column<T>(type);
        parameters.Add(column.Parameter);
        _columns.Add(column);
        return column;
    }

    public void Clear()
    {
        foreach (var column in _columns)
            column.Clear();
    }
}
