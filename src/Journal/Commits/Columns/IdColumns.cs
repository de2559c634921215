using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>Whose row it is: what every group of columns begins with.</summary>
internal sealed class IdColumns(ColumnSet columns)
{
    private readonly Column<string> _project = columns.Add<string>(NpgsqlDbType.Text);
    private readonly Column<string> _type = columns.Add<string>(NpgsqlDbType.Text);
    private readonly Column<string> _key = columns.Add<string>(NpgsqlDbType.Text);

    /// <param name="project">That of the key, cut out of it once a commit.</param>
    public void Add(AggregateId id, string project)
    {
        _project.Add(project);
        _type.Add(id.Type);
        _key.Add(id.Key);
    }
}
