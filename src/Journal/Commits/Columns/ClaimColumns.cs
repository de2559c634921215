using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>The names that a batch takes and gives back.</summary>
internal sealed class ClaimColumns(ColumnSet columns)
{
    private readonly IdColumns _id = new(columns);
    private readonly Column<string> _kind = columns.Add<string>(NpgsqlDbType.Text);
    private readonly Column<string> _name = columns.Add<string>(NpgsqlDbType.Text);
    private readonly Column<bool> _release = columns.Add<bool>(NpgsqlDbType.Boolean);

    public void Add(Commit commit, string project)
    {
        for (var index = 0; index < commit.Claims.Count; index++)
        {
            var claim = commit.Claims[index];

            // As for wake-ups.
            if (commit.Claims.Skip(index + 1).Any(later => later.Kind == claim.Kind && later.Key == claim.Key))
                continue;

            _id.Add(commit.Id, project);
            _kind.Add(claim.Kind);
            _name.Add(claim.Key);
            _release.Add(claim.Release);
        }
    }
}
