using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>The commands of a batch that may be repeated, each with what it answered.</summary>
internal sealed class CommandColumns(ColumnSet columns)
{
    private readonly IdColumns _id = new(columns);
    private readonly Column<short> _partition = columns.Add<short>(NpgsqlDbType.Smallint);
    private readonly Column<Guid> _command = columns.Add<Guid>(NpgsqlDbType.Uuid);
    private readonly Column<long> _seq = columns.Add<long>(NpgsqlDbType.Bigint);
    private readonly Column<ReadOnlyMemory<byte>?> _outcome = columns.Add<ReadOnlyMemory<byte>?>(NpgsqlDbType.Json);

    public void Add(PendingCommit pending, string project, Guid commandId, long lastSeq)
    {
        var commit = pending.Commit;
        _id.Add(commit.Id, project);
        _partition.Add(pending.Partition);
        _command.Add(commandId);
        _seq.Add(lastSeq);

        // The cast matters: a bare null would become empty memory, which is not JSON.
        _outcome.Add(commit.CommandOutcome.IsEmpty ? (ReadOnlyMemory<byte>?)null : commit.CommandOutcome);
    }
}
