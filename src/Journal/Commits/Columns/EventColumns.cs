using NpgsqlTypes;

namespace AwoooP.Journal.Commits.Columns;

/// <summary>The events of a batch.</summary>
internal sealed class EventColumns(ColumnSet columns)
{
    private readonly IdColumns _id = new(columns);
    private readonly Column<short> _partition = columns.Add<short>(NpgsqlDbType.Smallint);
    private readonly Column<long> _seq = columns.Add<long>(NpgsqlDbType.Bigint);
    private readonly Column<long> _version = columns.Add<long>(NpgsqlDbType.Bigint);
    private readonly Column<string> _type = columns.Add<string>(NpgsqlDbType.Text);
    private readonly Column<short> _typeVersion = columns.Add<short>(NpgsqlDbType.Smallint);
    private readonly Column<ReadOnlyMemory<byte>> _data = columns.Add<ReadOnlyMemory<byte>>(NpgsqlDbType.Json);
    private readonly Column<string> _actor = columns.Add<string>(NpgsqlDbType.Text);
    private readonly Column<DateTime> _at = columns.Add<DateTime>(NpgsqlDbType.TimestampTz);
    private readonly Column<short> _depth = columns.Add<short>(NpgsqlDbType.Smallint);
    private readonly Column<Guid?> _command = columns.Add<Guid?>(NpgsqlDbType.Uuid);
    private readonly Column<string?> _causation = columns.Add<string?>(NpgsqlDbType.Text);
    private readonly Column<string?> _trace = columns.Add<string?>(NpgsqlDbType.Text);

    public void Add(PendingCommit pending, string project, long firstSeq)
    {
        var commit = pending.Commit;
        var causation = commit.Causation?.ToString();
        for (var index = 0; index < commit.Events.Count; index++)
        {
            var raised = commit.Events[index];
            _id.Add(commit.Id, project);
            _partition.Add(pending.Partition);
            _seq.Add(firstSeq + index);
            _version.Add(commit.ExpectedVersion + index + 1);
            _type.Add(raised.Type);
            _typeVersion.Add((short)raised.TypeVersion);
            _data.Add(raised.Data);
            _actor.Add(commit.Actor);
            _at.Add(commit.At.UtcDateTime);
            _depth.Add((short)commit.Depth);
            _command.Add(commit.CommandId);
            _causation.Add(causation);
            _trace.Add(commit.TraceId);
        }
    }
}
