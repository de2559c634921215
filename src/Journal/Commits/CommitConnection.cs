using System.Data;
using AwoooP.Journal.Faults;
using AwoooP.Journal.Membership;
using AwoooP.Journal.Storage;
using AwoooP.Journal.Tenants;
using Npgsql;

namespace AwoooP.Journal.Commits;

/// <summary>
/// A lane's connection with the prepared call of journal.commit_batch. It numbers the events from the partitions' heads,
/// and moves the heads only when COMMIT was confirmed, so a failed batch leaves no gap.
/// </summary>
internal sealed class CommitConnection : IAsyncDisposable
{
    /// <summary>A connection that broke while nobody used it should cost no commit an uncertain answer.</summary>
    private static readonly TimeSpan IdleBeforeProbe = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlDataSource _source;
    private readonly PartitionHeads _heads;
    private readonly DoubtfulBatches _doubtful;
    private readonly ServerHistory _history;
    private readonly LeaseGuard _lease;
    private readonly TimeSpan _commandRetention;
    private readonly TimeProvider _clock;
    private readonly Dictionary<short, long> _next = [];
    private NpgsqlConnection? _connection;
    private PreparedCommit? _prepared;
    private long _usedAt;

    public CommitConnection(
        NpgsqlDataSource source, PartitionHeads heads, DoubtfulBatches doubtful, ServerHistory history, LeaseGuard lease, TimeSpan commandRetention,
        TimeProvider clock)
    {
        _source = source;
        _heads = heads;
        _doubtful = doubtful;
        _history = history;
        _lease = lease;
        _commandRetention = commandRetention;
        _clock = clock;
    }

    /// <summary>Writes all of the commits in one transaction, or none. Positions go to <paramref name="positions"/>, in order.</summary>
    public async Task<WriteResult> WriteAsync(IReadOnlyList<PendingCommit> commits, string silo, Incarnation incarnation, List<Position> positions)
    {
        try
        {
            await EnsureOpenAsync();
        }
        catch (Exception error) when (IsConnectionFault(error))
        {
            await DropAsync();
            return new WriteResult(WriteStatus.Unavailable, Fault.Describe(error), SqlFaults.StateOf(error));
        }

        // While it connected memory may have been dropped, and the history with it: then any server passes for the one that is known.
        if (!ReferenceEquals(_lease.Incarnation, incarnation))
            return new WriteResult(WriteStatus.Fenced, SqlFaults.Fenced, JournalState.Fenced);

        var prepared = _prepared!;
        Fill(prepared.Parameters, commits, silo, incarnation, positions);
        var rowSeen = false;
        try
        {
            // The row arrives before the server commits. Only the end of the answer says that it has.
            await using (var reader = await prepared.Command.ExecuteReaderAsync(CancellationToken.None))
            {
                while (await reader.ReadAsync(CancellationToken.None))
                    rowSeen = true;
                await reader.NextResultAsync(CancellationToken.None);
            }

            foreach (var (partition, next) in _next)
                _heads.Advance(partition, next - 1);
            return new WriteResult(WriteStatus.Committed);
        }
        catch (PostgresException error) when (!(rowSeen && IsFatal(error)))
        {
            if (IsFatal(error))
                await DropAsync();
            return Refusal(error);
        }
        catch (Exception error) when (IsConnectionFault(error))
        {
            _doubtful.Add(new InDoubt(prepared.Session, [.. _next.Keys]));
            await DropAsync();
            return new WriteResult(WriteStatus.Unknown, Fault.Describe(error), JournalState.Unavailable);
        }
    }

    /// <summary>Finds the commits that stand in the way. Null when the server cannot be asked.</summary>
    public async Task<Dictionary<int, CommitOutcome>?> DiagnoseAsync(IReadOnlyList<PendingCommit> commits)
    {
        try
        {
            await EnsureOpenAsync();
            return await DiagnoseCommits.ExecuteAsync(_connection!, commits, CancellationToken.None);
        }
        catch (Exception error) when (IsConnectionFault(error))
        {
            await DropAsync();
            return null;
        }
    }

    /// <summary>Which projects of the commits were taken out. Null when the server cannot be asked.</summary>
    public async Task<HashSet<string>?> FindRemovedAsync(IReadOnlyList<PendingCommit> commits)
    {
        try
        {
            await EnsureOpenAsync();
            return await FindRemovedProjects.ExecuteAsync(_connection!, commits.Select(pending => pending.Commit.Id.ProjectId), CancellationToken.None);
        }
        catch (Exception error) when (IsConnectionFault(error))
        {
            await DropAsync();
            return null;
        }
    }

    /// <summary>After a bug: what the connection was about is in doubt, and so is the connection.</summary>
    public async Task AbandonAsync()
    {
        if (_prepared is { } prepared)
            _doubtful.Add(new InDoubt(prepared.Session, [.. _next.Keys]));
        await DropAsync();
    }

    /// <summary>Settles what is in doubt, as the next write would.</summary>
    /// <returns>Why the server cannot be asked; null once all is settled.</returns>
    public async Task<JournalState?> ResolveDoubtsAsync()
    {
        try
        {
            await EnsureOpenAsync();
            return null;
        }
        catch (Exception error) when (IsConnectionFault(error))
        {
            await DropAsync();
            return SqlFaults.StateOf(error);
        }
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private static bool IsConnectionFault(Exception error) =>
        SqlFaults.IsOutage(error) || error is OtherHistoryException or InvalidOperationException { Source: "Npgsql" };

    private static bool IsFatal(PostgresException error) => error.InvariantSeverity is "FATAL" or "PANIC";

    private static WriteResult Refusal(PostgresException error)
    {
        var status = error.SqlState switch
        {
            SqlFaults.Fenced => WriteStatus.Fenced,
            SqlFaults.Conflict => WriteStatus.Conflict,
            SqlFaults.ProjectRemoved => WriteStatus.ProjectRemoved,
            PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => WriteStatus.Transient,
            _ when SqlFaults.IsContent(error) => WriteStatus.Content,
            _ => WriteStatus.Unavailable,
        };
        return new WriteResult(status, error.SqlState, SqlFaults.StateOf(error));
    }

    private void Fill(CommitParameters parameters, IReadOnlyList<PendingCommit> commits, string silo, Incarnation incarnation, List<Position> positions)
    {
        _next.Clear();
        positions.Clear();
        parameters.Begin(silo, incarnation.Fence, incarnation.Number);
        foreach (var pending in commits)
        {
            var first = _next.TryGetValue(pending.Partition, out var next) ? next : _heads[pending.Partition] + 1;
            parameters.Add(pending, first);
            next = first + pending.Commit.Events.Count;
            _next[pending.Partition] = next;
            positions.Add(new Position(PartitionMap.Generation, pending.Partition, next - 1));
        }
    }

    private async Task EnsureOpenAsync()
    {
        if (_connection is not null && !await IsAliveAsync(_connection))
            await DropAsync();
        if (_connection is null)
        {
            _connection = await _source.OpenConnectionAsync(CancellationToken.None);
            if (!await _history.IsContinuedAsync(_connection, CancellationToken.None))
                throw new OtherHistoryException();
            _prepared = await PreparedCommit.CreateAsync(_connection, _commandRetention, CancellationToken.None);
        }

        await _doubtful.ResolveAsync(_connection, CancellationToken.None);
        _usedAt = _clock.GetTimestamp();
    }

    private async Task<bool> IsAliveAsync(NpgsqlConnection connection)
    {
        if (connection.State != ConnectionState.Open)
            return false;
        if (_clock.GetElapsedTime(_usedAt) < IdleBeforeProbe)
            return true;

        try
        {
            await using var probe = new NpgsqlCommand("select 1", connection);
            await probe.ExecuteNonQueryAsync(CancellationToken.None);
            return true;
        }
        catch (Exception error) when (IsConnectionFault(error))
        {
            return false;
        }
    }

    private async Task DropAsync()
    {
        if (_connection is not { } connection)
            return;

        _connection = null;
        if (_prepared is not null)
            await _prepared.DisposeAsync();
        _prepared = null;
        await connection.DisposeAsync();
    }
}
