using System.Runtime.CompilerServices;
using AwoooP.Journal.Cuts;
using AwoooP.Journal.Delivery.Held;
using AwoooP.Journal.Delivery.Projections;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AwoooP.Journal.Delivery.Replay;

/// <summary>
/// Rebuilds record tables from the log, while silos go on: fills shadow tables, catches up with the live ones, and swaps them in one short
/// transaction. Runs as awooop_owner, from the command line; one rebuild at a time, and under no guard that has died meanwhile.
/// A silo that holds an aggregate's events back looks into the table when the next one queues behind them, so it learns what became of them.
/// Where the log was cut, a rebuild begins with the tables that were kept then, and applies the log after them.
/// </summary>
/// <param name="known">What this build can read; of a log with anything else nothing is rebuilt.</param>
/// <param name="removed">What retention has removed, which a rebuild leaves out; null where nothing ever is.</param>
public sealed partial class ProjectionReplay(
    NpgsqlDataSource owner, IReadOnlyList<IProjection> projections, IKnownEvents known, ILogger<ProjectionReplay> logger, IRemovedRows? removed = null)
{
    /// <summary>Events that are few enough to apply while the live tables are locked.</summary>
    private const long FewEnough = 2_000;

    private const int MaxPasses = 100;
    private const int MaxLockAttempts = 20;

    private const string ForgetHeldSql = "delete from journal.dead_letter where consumer = $1 and kind <> 'too_deep'";

    /// <summary>
    /// Rebuilds the named projections, or all when none is named, and puts the new tables in the place of the old ones. Each is told as soon as that
    /// is done, since a refusal of a later one does not take it back.
    /// </summary>
    /// <exception cref="ReplayException">
    /// A name is unknown, the log is of a newer build, or a table cannot be swapped; the tables of the projection that it was at, and of those after it, are as they were.
    /// </exception>
    /// <exception cref="GuardRefusedException">Another works on the tables, or could have begun; likewise.</exception>
    public IAsyncEnumerable<ReplayResult> ReplayAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        RunAsync(names, "access exclusive", async (shadow, rebuilds, transaction) =>
        {
            var results = new List<ReplayResult>();
            foreach (var rebuild in rebuilds)
            {
                await StoreHeldAsync(rebuild, transaction.Connection, cancellationToken);
                results.Add(new ReplayResult(rebuild.Name, rebuild.Events, rebuild.Held.Count()));
            }

            await shadow.SwapAsync(transaction.Connection, cancellationToken);
            return results;
        }, cancellationToken);

    /// <summary>Rebuilds beside the live tables and says where they differ, at the same positions; writers wait during the comparison. Changes nothing.</summary>
    /// <exception cref="ReplayException">A name is unknown, the log is of a newer build, or a table cannot be rebuilt.</exception>
    /// <exception cref="GuardRefusedException">Another works on the tables, or could have begun.</exception>
    public async Task<IReadOnlyList<TableDifference>> VerifyAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) =>
        await RunAsync(names, "share", async (shadow, _, transaction) =>
        {
            var differences = new List<TableDifference>();
            foreach (var table in shadow.Tables)
                differences.Add(await CompareAsync(shadow, table, transaction.Connection, cancellationToken));
            await shadow.DropAsync(transaction.Connection, cancellationToken);
            return differences;
        }, cancellationToken).ToListAsync(cancellationToken);

    /// <summary>Gives what is finished of each group once that is committed.</summary>
    private async IAsyncEnumerable<T> RunAsync<T>(
        IReadOnlyCollection<string> names,
        string lockMode,
        Func<ShadowTables, List<ProjectionRebuild>, ProjectionTransaction, Task<List<T>>> finish,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var unknown = names.FirstOrDefault(name => projections.All(projection => projection.Name != name));
        if (unknown is not null)
            throw new ReplayException($"There is no projection {unknown}.");

        await using var guard = await ReplayGuard.TakeAsync(owner, "awooop replay", cancellationToken);
        var newerEvents = new NewerEvents(known);
        await newerEvents.RefuseAsync(guard.Connection, cancellationToken);
        var wanted = projections.Where(projection => names.Count == 0 || names.Contains(projection.Name)).ToList();
        foreach (var group in await ProjectionGroups.FindAsync(guard.Connection, projections, wanted, cancellationToken))
        {
            foreach (var result in await RebuildAsync(group, newerEvents, guard, lockMode, finish, cancellationToken))
                yield return result;
        }
    }

    private async Task<List<T>> RebuildAsync<T>(
        List<IProjection> group, NewerEvents newerEvents, ReplayGuard guard, string lockMode,
        Func<ShadowTables, List<ProjectionRebuild>, ProjectionTransaction, Task<List<T>>> finish, CancellationToken cancellationToken)
    {
        var schema = ShadowSchema.OfReplay(group[0].Name);
        var tables = group.SelectMany(projection => projection.Tables).Distinct(StringComparer.Ordinal).Select(TableName.Parse).ToList();
        var shadow = await ShadowTables.CreateAsync(guard.Connection, schema, tables, cancellationToken);
        try
        {
            var cut = await LogCut.FindAsync(guard.Connection, cancellationToken);
            if (cut is not null)
                await KeptTables.FillAsync(owner, shadow, cut, cancellationToken);
            var rebuilds = group.ConvertAll(projection => new ProjectionRebuild(projection, owner, newerEvents, shadow.SearchPath, cut));
            for (var pass = 0; pass < MaxPasses; pass++)
            {
                long open = 0;
                foreach (var rebuild in rebuilds)
                {
                    await rebuild.CatchUpAsync(cancellationToken);
                    open += await rebuild.CountOpenAsync(cancellationToken);
                }

                LogPass(schema, pass + 1, rebuilds.Sum(rebuild => rebuild.Events), open);
                if (open <= FewEnough)
                    break;
            }

            // The passes have gone by other sessions; from here on this one is spoken to.
            await guard.EnsureHeldAsync(cancellationToken);
            await shadow.FinishAsync(guard.Connection, cancellationToken);
            return await FinishAsync(shadow, rebuilds, guard, lockMode, finish, cancellationToken);
        }
        catch
        {
            // Once the guard has died another may be filling a schema of this name.
            if (await guard.IsHeldAsync(CancellationToken.None))
                await shadow.DropAsync(guard.Connection, CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// Under the locks: the rest of the events, then what is to be done with the tables. They are asked for with a short limit and again, so
    /// that nobody queues behind them for long; a deadlock with a projection that takes its tables or positions in another order counts as one attempt.
    /// </summary>
    private async Task<List<T>> FinishAsync<T>(
        ShadowTables shadow,
        List<ProjectionRebuild> rebuilds,
        ReplayGuard guard,
        string lockMode,
        Func<ShadowTables, List<ProjectionRebuild>, ProjectionTransaction, Task<List<T>>> finish,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var transaction = await ProjectionTransaction.BeginAsync(owner, Join(rebuilds), shadow.SearchPath, cancellationToken);
            try
            {
                await ExecuteAsync(transaction.Connection, "set local lock_timeout = '1s'", cancellationToken);
                await shadow.LockOriginalsAsync(transaction.Connection, lockMode, cancellationToken);

                // After the tables, as projections take them.
                foreach (var rebuild in rebuilds)
                    await rebuild.LockPositionsAsync(transaction.Connection, cancellationToken);

                // It waits for the log's own locks, as while a month is attached to it.
                foreach (var rebuild in rebuilds)
                    await rebuild.RefuseNewerAsync(transaction.Connection, cancellationToken);
            }
            catch (PostgresException fault)
                when (fault.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected && attempt < MaxLockAttempts)
            {
                LogLockBusy(shadow.Schema, attempt);
                continue;
            }

            foreach (var rebuild in rebuilds)
                await rebuild.CatchUpAsync(transaction, cancellationToken);
            await transaction.SetProjectsAsync(Join(rebuilds), cancellationToken);
            if (removed is not null)
                await removed.LeaveOutAsync(transaction.Connection, shadow.Schema, upTo: null, cancellationToken);
            var finished = await finish(shadow, rebuilds, transaction);

            // Last: the shadows may be older than what a cut or a removal has done since the guard died.
            await guard.EnsureHeldAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return finished;
        }
    }

    private static string Join(List<ProjectionRebuild> rebuilds) =>
        string.Join(',', rebuilds.SelectMany(rebuild => rebuild.Projects).Distinct(StringComparer.Ordinal));

    private static async Task StoreHeldAsync(ProjectionRebuild rebuild, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await RecordRequestedDiscards.ExecuteAsync(connection, rebuild.Name, cancellationToken);
        await using (var forget = new NpgsqlCommand(ForgetHeldSql, connection))
        {
            forget.Parameters.Add(new NpgsqlParameter<string> { TypedValue = rebuild.Name });
            await forget.ExecuteNonQueryAsync(cancellationToken);
        }

        List<HeldRow> held = [.. rebuild.Held];
        if (held.Count > 0)
            await HoldEvents.ExecuteAsync(connection, rebuild.Name, held, cancellationToken);
    }

    /// <summary>As text, since not every type (json, for one) can be compared; duplicates count.</summary>
    private static async Task<TableDifference> CompareAsync(ShadowTables shadow, TableName table, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rebuilt = new TableName(shadow.Schema, table.Name).Sql;
        await using var command = new NpgsqlCommand(
            $"""
            select (select count(*) from {table.Sql}),
                   (select count(*) from (select l::text from {table.Sql} l except all select r::text from {rebuilt} r) d),
                   (select count(*) from (select r::text from {rebuilt} r except all select l::text from {table.Sql} l) d)
            """, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new TableDifference(table.ToString(), rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebuild {Schema}: pass {Pass}, {Events} events applied, {Open} open")]
    private partial void LogPass(string schema, int pass, long events, long open);

    [LoggerMessage(Level = LogLevel.Information, Message = "Rebuild {Schema}: the live tables are busy, attempt {Attempt}")]
    private partial void LogLockBusy(string schema, int attempt);
}
