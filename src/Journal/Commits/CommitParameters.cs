using AwoooP.Journal.Commits.Columns;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Commits;

/// <summary>The arguments of journal.commit_batch as parameters of one prepared command, filled anew for every batch.</summary>
internal sealed class CommitParameters
{
    private readonly NpgsqlParameter<string> _silo = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<int> _fence = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<long> _incarnation = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<int> _created = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly ColumnSet _columns;
    private readonly AggregateColumns _aggregates;
    private readonly EventColumns _events;
    private readonly CommandColumns _commands;
    private readonly WakeColumns _wakes;
    private readonly ClaimColumns _claims;

    /// <summary>Adds the parameters to the command, in the order of the function's.</summary>
    public CommitParameters(NpgsqlCommand command, TimeSpan commandRetention)
    {
        var parameters = command.Parameters;
        _columns = new ColumnSet(parameters);
        parameters.Add(_silo);
        parameters.Add(_fence);
        parameters.Add(_incarnation);
        parameters.Add(new NpgsqlParameter<short> { TypedValue = PartitionMap.Generation, NpgsqlDbType = NpgsqlDbType.Smallint });
        _aggregates = new AggregateColumns(_columns);
        parameters.Add(_created);
        _events = new EventColumns(_columns);
        _commands = new CommandColumns(_columns);
        parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = commandRetention, NpgsqlDbType = NpgsqlDbType.Interval });
        _wakes = new WakeColumns(_columns);
        _claims = new ClaimColumns(_columns);
    }

    public void Begin(string silo, int fence, long incarnation)
    {
        _silo.TypedValue = silo;
        _fence.TypedValue = fence;
        _incarnation.TypedValue = incarnation;
        _created.TypedValue = 0;
        _columns.Clear();
    }

    /// <summary>Adds a commit whose first event gets <paramref name="firstSeq"/>.</summary>
    public void Add(PendingCommit pending, long firstSeq)
    {
        var commit = pending.Commit;
        var project = commit.Id.ProjectId;
        _aggregates.Add(pending, project);
        if (commit.ExpectedVersion == 0)
            _created.TypedValue++;
        _events.Add(pending, project, firstSeq);
        if (commit.CommandId is { } commandId)
            _commands.Add(pending, project, commandId, lastSeq: firstSeq + commit.Events.Count - 1);
        _wakes.Add(pending, project);
        _claims.Add(commit, project);
    }
}
