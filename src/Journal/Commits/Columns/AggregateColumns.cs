using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>The aggregates of a batch with their new snapshots.</summary>
internal sealed class AggregateColumns(ColumnSet columns)
{
    private readonly IdColumns _id = new(columns);
    private readonly Column<short> _partition = columns.Add<short>(NpgsqlDbType.Smallint);
    private readonly Column<long> _expected = columns.Add<long>(NpgsqlDbType.Bigint);
    private readonly Column<long> _version = columns.Add<long>(NpgsqlDbType.Bigint);
    private readonly Column<int> _stateVersion = columns.Add<int>(NpgsqlDbType.Integer);
    private readonly Column<ReadOnlyMemory<byte>> _state = columns.Add<ReadOnlyMemory<byte>>(NpgsqlDbType.Json);

    public void Add(PendingCommit pending, string project)
    {
        var commit = pending.Commit;
        _id.Add(commit.Id, project);
        _partition.Add(pending.Partition);
        _expected.Add(commit.ExpectedVersion);
        _version.Add(commit.ExpectedVersion + commit.Events.Count);
        _stateVersion.Add(commit.StateVersion);
        _state.Add(commit.State);
    }
}
