using System.Globalization;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Projections;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Faults;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AwoooP.Journal.Cuts;

/// <summary>
/// Takes whole months out of the log, while silos go on: builds every record table as the log makes it up to there, keeps these copies for
/// later rebuilds, and drops the months in the transaction that puts the copies in force. Runs as awooop_owner, from the command line.
/// </summary>
/// <param name="known">What this build can read; a month with anything else is not cut.</param>
/// <param name="objections">What needs the months besides the journal's own consumers.</param>
/// <param name="removed">What retention has removed; null where nothing ever is.</param>
public sealed partial class LogCutter(
    NpgsqlDataSource owner, IReadOnlyList<IProjection> projections, IKnownEvents known, IReadOnlyList<ICutObjection> objections, IRemovedRows? removed,
    TimeProvider time, ILogger<LogCutter> logger)
{
    /// <summary>Where the copies are made, until they are in force.</summary>
    private const string NextSchema = ShadowSchema.NextCut;

    /// <summary>Positions that a refusal names.</summary>
    private const int ShownEvents = 5;

    private readonly List<ICutObjection> _objections = [new CutObstacles(), .. objections];

    /// <summary>Told what is about to be dropped, when everything is ready for it; what it throws ends the cut with nothing dropped. Null tells nobody.</summary>
    public Func<CutPlan, CancellationToken, Task>? BeforeDrop { get; init; }

    internal CutPatience Patience { get; init; } = CutPatience.Default;

    /// <summary>What <see cref="CutAsync"/> would take now. Changes nothing.</summary>
    /// <param name="month">The first month that is kept; its day does not count.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CutRefusedException">Something needs the months, or there are none.</exception>
    /// <exception cref="GuardRefusedException">Another works on the tables or the log, or could have begun.</exception>
    public async Task<CutPlan> PlanAsync(DateOnly month, CancellationToken cancellationToken)
    {
        await using var guard = await ReplayGuard.TakeAsync(owner, "awooop db cut", cancellationToken);
        return await PlanAsync(guard.Connection, month, new NewerEvents(known), cancellationToken);
    }

    /// <param name="month">The first month that is kept; its day does not count.</param>
    /// <param name="cancellationToken">Ends it; until the months are dropped nothing is changed.</param>
    /// <exception cref="CutRefusedException">Something needs the months or holds their locks, or there are none.</exception>
    /// <exception cref="ReplayException">A record table cannot be copied.</exception>
    /// <exception cref="GuardRefusedException">Another works on the tables or the log, or could have begun.</exception>
    public async Task<CutResult> CutAsync(DateOnly month, CancellationToken cancellationToken)
    {
        await using var guard = await ReplayGuard.TakeAsync(owner, "awooop db cut", cancellationToken);
        var newerEvents = new NewerEvents(known);
        var plan = await PlanAsync(guard.Connection, month, newerEvents, cancellationToken);
        var previous = await LogCut.FindAsync(guard.Connection, cancellationToken);
        var tables = projections.SelectMany(static projection => projection.Tables).Distinct(StringComparer.Ordinal).Select(TableName.Parse).ToList();
        var copies = await ShadowTables.CreateAsync(guard.Connection, NextSchema, tables, cancellationToken);
        try
        {
            await BuildAsync(guard.Connection, copies, plan, previous, newerEvents, cancellationToken);
            if (BeforeDrop is { } tell)
                await tell(plan, cancellationToken);
            await WithLocksAsync(guard.Connection, plan, async connection =>
            {
                await RefuseObjectionsAsync(connection, plan, cancellationToken);
                await CutStatements.ExecuteAsync(connection, plan, NextSchema, cancellationToken);
                await guard.EnsureHeldAsync(cancellationToken);
            }, cancellationToken);
        }
        catch
        {
            // Once the guard has died another may be filling the schema.
            if (await guard.IsHeldAsync(CancellationToken.None))
                await copies.DropAsync(guard.Connection, CancellationToken.None);
            throw;
        }

        return new CutResult(plan.Before, plan.Months.Count, plan.Events, tables.Count);
    }

    private async Task<CutPlan> PlanAsync(NpgsqlConnection guard, DateOnly month, NewerEvents newerEvents, CancellationToken cancellationToken)
    {
        var plan = await CutPlan.ReadAsync(guard, month, newerEvents, cancellationToken);
        await WithLocksAsync(guard, plan, connection => RefuseObjectionsAsync(connection, plan, cancellationToken), cancellationToken);
        return plan;
    }

    private async Task BuildAsync(
        NpgsqlConnection guard, ShadowTables copies, CutPlan plan, LogCut? previous, NewerEvents newerEvents, CancellationToken cancellationToken)
    {
        if (previous is not null)
            await KeptTables.FillAsync(owner, copies, previous, cancellationToken);

        var rebuilds = projections.Select(projection => new ProjectionRebuild(projection, owner, newerEvents, copies.SearchPath, previous, plan.Positions)).ToList();
        int held;
        var before = int.MaxValue;

        // Again while it helps: rows wait for parents that another projection makes.
        while (true)
        {
            foreach (var rebuild in rebuilds)
                await rebuild.CatchUpAsync(cancellationToken);
            held = rebuilds.Sum(static rebuild => rebuild.Held.Count());
            if (held == 0 || held >= before)
                break;
            before = held;
        }

        if (held > 0)
        {
            var waiting = string.Join(", ", rebuilds.SelectMany(static rebuild => rebuild.Held.Select(row => $"{rebuild.Name} at {row.Event.Position}")).Take(ShownEvents));
            throw new CutRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{held} events before the cut cannot be applied without those after it ({waiting}{(held > ShownEvents ? ", ..." : "")}): a later rebuild would miss them. Cut at another month."));
        }

        if (removed is { } gone)
            await WithLocksAsync(guard, plan, connection => gone.LeaveOutAsync(connection, NextSchema, plan.Before, cancellationToken), cancellationToken);

        LogBuilt(rebuilds.Sum(static rebuild => rebuild.Events), copies.Tables.Count);
    }

    /// <summary>In a transaction that sees the rows of every tenant, begun again while a lock is busy.</summary>
    private async Task WithLocksAsync(NpgsqlConnection guard, CutPlan plan, Func<NpgsqlConnection, Task> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; !await TryAsync(plan, work, cancellationToken); attempt++)
        {
            if (attempt >= Patience.Attempts)
                throw await BusyAsync(guard, cancellationToken);

            LogLockBusy(attempt);
            await Task.Delay(BackOff.After(attempt, Patience.FirstPause, Patience.LongestPause), time, cancellationToken);
        }
    }

    /// <summary>False when a lock was busy; the transaction has then left nothing, and holds nothing during the pause.</summary>
    private async Task<bool> TryAsync(CutPlan plan, Func<NpgsqlConnection, Task> work, CancellationToken cancellationToken)
    {
        await using var transaction = await BeginAsync(plan, cancellationToken);
        try
        {
            await work(transaction.Connection);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException fault) when (fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected)
        {
            return false;
        }
    }

    private async Task<CutRefusedException> BusyAsync(NpgsqlConnection guard, CancellationToken cancellationToken)
    {
        var holders = await LockHolders.FindAsync(guard, Patience.LockTimeout, cancellationToken);
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"The log is busy: {Patience.Attempts} attempts did not get the locks that the cut needs."),
            .. holders,
            holders.Count == 0
                ? "What held them has ended a moment ago: cut again."
                : "Wait until their transactions have ended, or end them with select pg_terminate_backend(SESSION) as a superuser; then cut again.",
        ];
        return new CutRefusedException(string.Join('\n', lines));
    }

    private async Task RefuseObjectionsAsync(NpgsqlConnection connection, CutPlan plan, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (var objection in _objections)
        {
            if (await objection.FindAsync(connection, plan, cancellationToken) is { } reason)
                found.Add(reason);
        }

        if (found.Count > 0)
            throw new CutRefusedException(string.Join('\n', found));
    }

    private async Task<ProjectionTransaction> BeginAsync(CutPlan plan, CancellationToken cancellationToken)
    {
        var transaction = await ProjectionTransaction.BeginAsync(owner, string.Join(',', plan.Projects), "pg_catalog", cancellationToken);
        try
        {
            await using var limit = new NpgsqlCommand("select set_config('lock_timeout', $1, true)", transaction.Connection);
            limit.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Create(CultureInfo.InvariantCulture, $"{Patience.LockTimeout.TotalMilliseconds:0}ms") });
            await limit.ExecuteNonQueryAsync(cancellationToken);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut: {Events} events applied to {Tables} tables")]
    private partial void LogBuilt(long events, int tables);

    [LoggerMessage(Level = LogLevel.Information, Message = "Cut: the log is busy, attempt {Attempt}")]
    private partial void LogLockBusy(int attempt);
}
