using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Commits;

/// <summary>
/// The arrays of journal.commit_batch as parameters of one prepared command, filled anew for every batch.
/// The lists keep their memory from batch to batch.
/// </summary>
internal sealed class CommitParameters
{
    private readonly NpgsqlParameter<string> _silo = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<int> _fence = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<long> _incarnation = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<int> _created = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly List<IColumn> _columns = [];

    private readonly Column<string> _project, _type, _key, _eventProject, _eventType, _eventKey, _eventName, _actor;
    private readonly Column<short> _partition, _eventPartition, _eventVersionOfType, _depth;
    private readonly Column<long> _expected, _version, _seq, _eventVersion;
    private readonly Column<int> _stateVersion;
    private readonly Column<ReadOnlyMemory<byte>> _state, _data;
    private readonly Column<DateTime> _at;
    private readonly Column<Guid?> _eventCommand;
    private readonly Column<string?> _causation, _trace;

    private readonly Column<string> _commandProject, _commandType, _commandKey;
    private readonly Column<short> _commandPartition;
    private readonly Column<Guid> _command;
    private readonly Column<long> _commandSeq;
    private readonly Column<ReadOnlyMemory<byte>?> _outcome;

    private readonly Column<string> _wakeProject, _wakeType, _wakeKey, _wakeName;
    private readonly Column<short> _wakePartition;
    private readonly Column<DateTime?> _due;
    private readonly Column<TimeSpan?> _period;

    private readonly Column<string> _claimProject, _claimType, _claimKey, _claimKind, _claimName;
    private readonly Column<bool> _release;

    public CommitParameters(NpgsqlCommand command, TimeSpan commandRetention)
    {
        var parameters = command.Parameters;
        parameters.Add(_silo);
        parameters.Add(_fence);
        parameters.Add(_incarnation);
        parameters.Add(new NpgsqlParameter<short> { TypedValue = PartitionMap.Generation, NpgsqlDbType = NpgsqlDbType.Smallint });

        _project = Add<string>(NpgsqlDbType.Text);
        _type = Add<string>(NpgsqlDbType.Text);
        _key = Add<string>(NpgsqlDbType.Text);
        _partition = Add<short>(NpgsqlDbType.Smallint);
        _expected = Add<long>(NpgsqlDbType.Bigint);
        _version = Add<long>(NpgsqlDbType.Bigint);
        _stateVersion = Add<int>(NpgsqlDbType.Integer);
        _state = Add<ReadOnlyMemory<byte>>(NpgsqlDbType.Json);
        parameters.Add(_created);

        _eventProject = Add<string>(NpgsqlDbType.Text);
        _eventType = Add<string>(NpgsqlDbType.Text);
        _eventKey = Add<string>(NpgsqlDbType.Text);
        _eventPartition = Add<short>(NpgsqlDbType.Smallint);
        _seq = Add<long>(NpgsqlDbType.Bigint);
        _eventVersion = Add<long>(NpgsqlDbType.Bigint);
        _eventName = Add<string>(NpgsqlDbType.Text);
        _eventVersionOfType = Add<short>(NpgsqlDbType.Smallint);
        _data = Add<ReadOnlyMemory<byte>>(NpgsqlDbType.Json);
        _actor = Add<string>(NpgsqlDbType.Text);
        _at = Add<DateTime>(NpgsqlDbType.TimestampTz);
        _depth = Add<short>(NpgsqlDbType.Smallint);
        _eventCommand = Add<Guid?>(NpgsqlDbType.Uuid);
        _causation = Add<string?>(NpgsqlDbType.Text);
        _trace = Add<string?>(NpgsqlDbType.Text);

        _commandProject = Add<string>(NpgsqlDbType.Text);
        _commandType = Add<string>(NpgsqlDbType.Text);
        _commandKey = Add<string>(NpgsqlDbType.Text);
        _commandPartition = Add<short>(NpgsqlDbType.Smallint);
        _command = Add<Guid>(NpgsqlDbType.Uuid);
        _commandSeq = Add<long>(NpgsqlDbType.Bigint);
        _outcome = Add<ReadOnlyMemory<byte>?>(NpgsqlDbType.Json);
        parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = commandRetention, NpgsqlDbType = NpgsqlDbType.Interval });

        _wakeProject = Add<string>(NpgsqlDbType.Text);
        _wakeType = Add<string>(NpgsqlDbType.Text);
        _wakeKey = Add<string>(NpgsqlDbType.Text);
        _wakePartition = Add<short>(NpgsqlDbType.Smallint);
        _wakeName = Add<string>(NpgsqlDbType.Text);
        _due = Add<DateTime?>(NpgsqlDbType.TimestampTz);
        _period = Add<TimeSpan?>(NpgsqlDbType.Interval);

        _claimProject = Add<string>(NpgsqlDbType.Text);
        _claimType = Add<string>(NpgsqlDbType.Text);
        _claimKey = Add<string>(NpgsqlDbType.Text);
        _claimKind = Add<string>(NpgsqlDbType.Text);
        _claimName = Add<string>(NpgsqlDbType.Text);
        _release = Add<bool>(NpgsqlDbType.Boolean);

        Column<T> Add<T>(NpgsqlDbType type)
        {
            var column = new Column<T>(type);
            parameters.Add(column.Parameter);
            _columns.Add(column);
            return column;
        }
    }

    private interface IColumn
    {
        void Clear();
    }

    public void Begin(string silo, int fence, long incarnation)
    {
        _silo.TypedValue = silo;
        _fence.TypedValue = fence;
        _incarnation.TypedValue = incarnation;
        _created.TypedValue = 0;
        foreach (var column in _columns)
            column.Clear();
    }

    /// <summary>Adds a commit whose first event gets <paramref name="firstSeq"/>.</summary>
    public void Add(PendingCommit pending, long firstSeq)
    {
        var commit = pending.Commit;
        var project = commit.Id.ProjectId;
        AddAggregate(pending, commit, project);
        AddEvents(pending, commit, project, firstSeq);
        if (commit.CommandId is { } commandId)
        {
            _commandProject.Add(project);
            _commandType.Add(commit.Id.Type);
            _commandKey.Add(commit.Id.Key);
            _commandPartition.Add(pending.Partition);
            _command.Add(commandId);
            _commandSeq.Add(firstSeq + commit.Events.Count - 1);
            // The cast matters: a bare null would become empty memory, which is not JSON.
            _outcome.Add(commit.CommandOutcome.IsEmpty ? (ReadOnlyMemory<byte>?)null : commit.CommandOutcome);
        }

        if (commit.Wakes.Count > 0)
            AddWakes(pending, commit, project);
        if (commit.Claims.Count > 0)
            AddClaims(commit, project);
    }

    private void AddAggregate(PendingCommit pending, Commit commit, string project)
    {
        _project.Add(project);
        _type.Add(commit.Id.Type);
        _key.Add(commit.Id.Key);
        _partition.Add(pending.Partition);
        _expected.Add(commit.ExpectedVersion);
        _version.Add(commit.ExpectedVersion + commit.Events.Count);
        _stateVersion.Add(commit.StateVersion);
        _state.Add(commit.State);
        if (commit.ExpectedVersion == 0)
            _created.TypedValue++;
    }

    private void AddEvents(PendingCommit pending, Commit commit, string project, long firstSeq)
    {
        var causation = commit.Causation?.ToString();
        for (var index = 0; index < commit.Events.Count; index++)
        {
            var raised = commit.Events[index];
            _eventProject.Add(project);
            _eventType.Add(commit.Id.Type);
            _eventKey.Add(commit.Id.Key);
            _eventPartition.Add(pending.Partition);
            _seq.Add(firstSeq + index);
            _eventVersion.Add(commit.ExpectedVersion + index + 1);
            _eventName.Add(raised.Type);
            _eventVersionOfType.Add((short)raised.TypeVersion);
            _data.Add(raised.Data);
            _actor.Add(commit.Actor);
            _at.Add(commit.At.UtcDateTime);
            _depth.Add((short)commit.Depth);
            _eventCommand.Add(commit.CommandId);
            _causation.Add(causation);
            _trace.Add(commit.TraceId);
        }
    }

    private void AddWakes(PendingCommit pending, Commit commit, string project)
    {
        for (var index = 0; index < commit.Wakes.Count; index++)
        {
            var wake = commit.Wakes[index];

            // One statement may touch a row once: the last word on a name counts.
            if (commit.Wakes.Skip(index + 1).Any(later => later.Name == wake.Name))
                continue;

            _wakeProject.Add(project);
            _wakeType.Add(commit.Id.Type);
            _wakeKey.Add(commit.Id.Key);
            _wakePartition.Add(pending.Partition);
            _wakeName.Add(wake.Name);
            _due.Add(wake.DueAt?.UtcDateTime);
            _period.Add(wake.Period);
        }
    }

    private void AddClaims(Commit commit, string project)
    {
        for (var index = 0; index < commit.Claims.Count; index++)
        {
            var claim = commit.Claims[index];
            if (commit.Claims.Skip(index + 1).Any(later => later.Kind == claim.Kind && later.Key == claim.Key))
                continue;

            _claimProject.Add(project);
            _claimType.Add(commit.Id.Type);
            _claimKey.Add(commit.Id.Key);
            _claimKind.Add(claim.Kind);
            _claimName.Add(claim.Key);
            _release.Add(claim.Release);
        }
    }

    private sealed class Column<T> : IColumn
    {
        private readonly List<T> _values = [];

        public Column(NpgsqlDbType type) =>
            Parameter = new NpgsqlParameter<List<T>> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = _values };

        public NpgsqlParameter<List<T>> Parameter { get; }

        public void Add(T value) => _values.Add(value);

        public void Clear() => _values.Clear();
    }
}
