using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>The wake-ups that a batch sets and clears.</summary>
internal sealed class WakeColumns(ColumnSet columns)
{
    private readonly IdColumns _id = new(columns);
    private readonly Column<short> _partition = columns.Add<short>(NpgsqlDbType.Smallint);
    private readonly Column<string> _name = columns.Add<string>(NpgsqlDbType.Text);
    private readonly Column<DateTime?> _due = columns.Add<DateTime?>(NpgsqlDbType.TimestampTz);
    private readonly Column<TimeSpan?> _period = columns.Add<TimeSpan?>(NpgsqlDbType.Interval);

    public void Add(PendingCommit pending, string project)
    {
        var commit = pending.Commit;
        for (var index = 0; index < commit.Wakes.Count; index++)
        {
            var wake = commit.Wakes[index];

            // One statement may touch a row once: the last word on a name counts.
            if (commit.Wakes.Skip(index + 1).Any(later => later.Name == wake.Name))
                continue;

            _id.Add(commit.Id, project);
            _partition.Add(pending.Partition);
            _name.Add(wake.Name);
            _due.Add(wake.DueAt?.UtcDateTime);
            _period.Add(wake.Period);
        }
    }
}
