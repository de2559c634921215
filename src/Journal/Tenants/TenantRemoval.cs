using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Replay;
using Npgsql;

namespace AwoooP.Journal.Tenants;

/// <summary>
/// Takes a project out of the database, while silos go on: a fence first, past which nothing of the project is written; then, once the projections
/// have passed its last event, its rows, in small transactions. Every step is told by the database, so one that was cut off anywhere is done again by
/// whoever begins anew. Runs as awooop_owner, from the command line; one at a time, and none beside a rebuild.
/// </summary>
public sealed class TenantRemoval : IAsyncDisposable
{
    /// <summary>Passes over all tables. The second finds what was under way during the first; a third has nothing to find.</summary>
    private const int MaxPasses = 10;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly ReplayGuard _guard;
    private readonly NpgsqlConnection _owner;
    private readonly RemovedProjectRow _row;
    private readonly string _projectId;
    private readonly TimeProvider _time;

    /// <summary>Since when the fence stood that was given up.</summary>
    private DateTimeOffset? _wasFencedAt;

    private TenantRemoval(ReplayGuard guard, string projectId, TimeProvider time)
    {
        _guard = guard;
        _owner = guard.Connection;
        _row = new RemovedProjectRow(_owner, projectId);
        _projectId = projectId;
        _time = time;
    }

    /// <summary>The owner's session, which sees the project's rows alone: for what others have to say against the removal.</summary>
    public NpgsqlConnection Owner => _owner;

    /// <exception cref="GuardRefusedException">A rebuild, a cut of the log, an export or another removal is running.</exception>
    public static async Task<TenantRemoval> OpenAsync(NpgsqlDataSource owner, string projectId, TimeProvider time, CancellationToken cancellationToken)
    {
        // A rebuild that has read a tenant's events would swap its rows in again after they were deleted, and so would a cut of the log.
        var guard = await ReplayGuard.TakeAsync(owner, $"awooop tenant remove {projectId}", cancellationToken);
        try
        {
            await using var enter = new NpgsqlCommand(DeleteTenantRows.Session, guard.Connection);
            enter.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projectId });
            await enter.ExecuteNonQueryAsync(cancellationToken);
            return new TenantRemoval(guard, projectId, time);
        }
        catch
        {
            await guard.DisposeAsync();
            throw;
        }
    }

    public Task<TenantRemovalState> ReadStateAsync(CancellationToken cancellationToken) => _row.ReadStateAsync(cancellationToken);

    /// <summary>From its return on nothing of the project is committed or taken in by any silo, whatever it has in memory.</summary>
    /// <param name="limit">For the transactions that are under way.</param>
    public async Task FenceAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        await _row.InsertAsync(cancellationToken);
        await OlderTransactions.WaitAsync(_owner, limit, _time, cancellationToken);
    }

    /// <summary>Takes the fence away again, if nothing was deleted yet, and has delivered again what was refused behind it.</summary>
    /// <returns>How many dead letters that were made meanwhile are tried again.</returns>
    public async Task<long> GiveUpAsync(CancellationToken cancellationToken)
    {
        if (await _row.ForgetAsync(cancellationToken) is not { } was)
            return 0;

        _wasFencedAt = was.FencedAt;
        return was.Letters;
    }

    /// <summary>
    /// After <see cref="GiveUpAsync"/>: asks once more, for those letters whose refusal was of before and whose row came after. One that comes later still
    /// stands among the dead letters for a person, as any other does.
    /// </summary>
    /// <param name="limit">For the transactions that are under way.</param>
    /// <returns>How many there were.</returns>
    public async Task<long> AskAgainAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_wasFencedAt is not { } since)
            return 0;

        await OlderTransactions.WaitAsync(_owner, limit, _time, cancellationToken);
        return await _row.AskAgainAsync(since, cancellationToken);
    }

    /// <param name="tell">Told which projections are waited for, whenever that changes.</param>
    /// <exception cref="TenantException">They have not passed the project's last event within the limit.</exception>
    public async Task WaitForProjectionsAsync(
        IReadOnlyList<IProjection> projections, TimeSpan limit, Action<IReadOnlyList<string>> tell, CancellationToken cancellationToken)
    {
        var unpassed = await UnpassedEvents.FindAsync(_owner, _projectId, projections, cancellationToken);
        var started = _time.GetTimestamp();
        IReadOnlyList<string> told = [];
        while (await unpassed.ReadAsync(_owner, cancellationToken) is { Count: > 0 } behind)
        {
            if (!behind.SequenceEqual(told))
                tell(told = behind);
            if (_time.GetElapsedTime(started) > limit)
                throw new TenantException(TenantFault.NotYet, $"{string.Join(", ", behind)} have not passed the last event of {_projectId} within {limit.TotalSeconds:0} s: is a silo up?");

            await Task.Delay(Poll, _time, cancellationToken);
        }
    }

    /// <summary>Deletes every row of the project. From here on there is no way back, and a repeat goes on where this one ended.</summary>
    /// <param name="manifestSha256">Of the export that has everything, which stands with the removal from its first call on; null for none.</param>
    /// <param name="limit">For transactions that are under way, each time they are waited for.</param>
    /// <param name="tell">Told a table and how many of its rows have gone with one statement.</param>
    /// <exception cref="TenantException">Rows come again and again, or a transaction does not end.</exception>
    /// <exception cref="GuardRefusedException">The session has ended, and nothing was deleted by this call.</exception>
    public async Task DeleteAsync(string? manifestSha256, TimeSpan limit, Action<string, long> tell, CancellationToken cancellationToken)
    {
        // It has waited for projections, idle for the most part.
        await _guard.EnsureHeldAsync(cancellationToken);
        await _row.BeginDeletingAsync(manifestSha256, cancellationToken);

        // What was about to hold an event back, or to set a record aside, has done so or will not.
        await OlderTransactions.WaitAsync(_owner, limit, _time, cancellationToken);
        var tables = await ReadTenantTables.ExecuteAsync(_owner, cancellationToken);
        for (var pass = 0; await PassAsync(tables, tell, cancellationToken) > 0; pass++)
        {
            if (pass == MaxPasses)
                throw new TenantException(TenantFault.Failed, $"Rows of {_projectId} still come after {MaxPasses} passes.");

            await OlderTransactions.WaitAsync(_owner, limit, _time, cancellationToken);
        }

        await _row.EndAsync(cancellationToken);
    }

    /// <summary>Lets the id be used again.</summary>
    /// <exception cref="TenantException">A silo is up that was up when the project was taken out: what it remembers would meet the new one.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!await _row.ReleaseAsync(cancellationToken))
            throw new TenantException(TenantFault.Refused, $"A silo is up that was up when {_projectId} was taken out: start every silo anew first.");
    }

    public ValueTask DisposeAsync() => _guard.DisposeAsync();

    /// <returns>How many rows there were, or one for a table that could not be emptied yet.</returns>
    private async Task<long> PassAsync(IReadOnlyList<TenantTable> tables, Action<string, long> tell, CancellationToken cancellationToken)
    {
        var all = 0L;
        foreach (var table in tables)
        {
            try
            {
                for (long rows; (rows = await DeleteTenantRows.ExecuteAsync(_owner, table, _projectId, cancellationToken)) > 0; all += rows)
                    tell(table.Name, rows);
            }
            catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.ForeignKeyViolation)
            {
                // Rows of another table hang on these; the next pass finds them gone.
                all++;
            }
        }

        return all;
    }
}
