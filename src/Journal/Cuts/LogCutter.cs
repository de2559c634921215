using System.Globalization;
using AwoooP.Journal.Delivery;
using AwoooP.Journal.Delivery.Projections;
using AwoooP.Journal.Delivery.Replay;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AwoooP.Journal.Cuts;

/// <summary>
/// Takes whole months out of the log, while silos go on: builds every record table as the log makes it up to there, keeps these copies for
/// later rebuilds, and drops the months in the transaction that puts the copies in force. Runs as awooop_owner, from the command line.
/// </summary>
/// <param name="objections">What needs the months besides the journal's own consumers.</param>
/// <param name="removed">What retention has removed; null where nothing ever is.</param>
public sealed partial class LogCutter(
    NpgsqlDataSource owner, IReadOnlyList<IProjection> projections, IReadOnlyList<ICutObjection> objections, IRemovedRows? removed, ILogger<LogCutter> logger)
{
    /// <summary>Where the copies are made, until they are in force.</summary>
    private const string NextSchema = "records_cut_next";

    private const int MaxLockAttempts = 20;

    private readonly List<ICutObjection> _objections = [new CutObstacles(), .. objections];

    /// <param name="month">The first month that is kept; its day does not count.</param>
    /// <exception cref="CutRefusedException">Something needs the months, or there are none.</exception>
    /// <exception cref="ReplayException">A rebuild or another cut runs, or a record table cannot be copied.</exception>
    public async Task<CutResult> CutAsync(DateOnly month, CancellationToken cancellationToken)
    {
        await using var guard = await ReplayGuard.TakeAsync(owner, cancellationToken);
        var plan = await CutPlan.ReadAsync(guard.Connection, month, cancellationToken);
        var previous = await LogCut.FindAsync(guard.Connection, cancellationToken);
        await using (var look = await BeginAsync(plan, cancellationToken))
            await RefuseObjectionsAsync(look.Connection, plan, cancellationToken);

        var tables = projections.SelectMany(static projection => projection.Tables).Distinct(StringComparer.Ordinal).Select(TableName.Parse).ToList();
        var copies = await ShadowTables.CreateAsync(guard.Connection, NextSchema, tables, cancellationToken);
        try
        {
            await BuildAsync(copies, plan, previous, cancellationToken);
            await DropMonthsAsync(plan, cancellationToken);
        }
        catch
        {
            await copies.DropAsync(guard.Connection, CancellationToken.None);
            throw;
        }

        return new CutResult(plan.Before, plan.Months.Count, plan.Events, tables.Count);
    }

    private async Task BuildAsync(ShadowTables copies, CutPlan plan, LogCut? previous, CancellationToken cancellationToken)
    {
        if (previous is not null)
            await KeptTables.FillAsync(owner, copies, previous, cancellationToken);

        var rebuilds = projections.Select(projection => new ProjectionRebuild(projection, owner, copies.SearchPath, previous, plan.Positions)).ToList();
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
            var names = rebuilds.Where(static rebuild => rebuild.Held.Any()).Select(static rebuild => rebuild.Name);
            throw new CutRefusedException(string.Create(
                CultureInfo.InvariantCulture,
                $"{held} events before the cut cannot be applied without those after it ({string.Join(", ", names)}): a later rebuild would miss them. Cut at another month."));
        }

        if (removed is not null)
        {
            await using var transaction = await BeginAsync(plan, cancellationToken);
            await removed.LeaveOutAsync(transaction.Connection, NextSchema, plan.Before, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        LogBuilt(rebuilds.Sum(static rebuild => rebuild.Events), copies.Tables.Count);
    }

    /// <summary>Writers of the log wait for it only a moment, and it for them: it asks for the lock with a short limit, and again.</summary>
    private async Task DropMonthsAsync(CutPlan plan, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await BeginAsync(plan, cancellationToken);
            try
            {
                await RefuseObjectionsAsync(transaction.Connection, plan, cancellationToken);
                await CutStatements.ExecuteAsync(transaction.Connection, plan, NextSchema, cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return;
            }
            catch (PostgresException fault)
                when (fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < MaxLockAttempts)
            {
                LogLockBusy(attempt);
            }
        }
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
            await using var limit = new NpgsqlCommand("set local lock_timeout = '1s'", transaction.Connection);
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
