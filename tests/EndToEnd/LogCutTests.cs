using System.Globalization;
using AwoooP.Records;
using AwoooP.Systems;
using AwoooP.Testing;
using Npgsql;

namespace AwoooP.EndToEnd;

/// <summary>The command that drops months of the log, on a system that has some behind it.</summary>
public sealed class LogCutTests
{
    private const int EventsAMonth = 2;
    private const int Months = 3;

    // A pause and its end in each month, by ann, in a partition that has no events of its own.
    private const string AgedEvents =
        """
        insert into journal.event (partition, generation, type_version, seq, version, at, project_id, grain_type, grain_key, type, actor, data)
        select $1, 1, 1, n, n, $2 + make_interval(months => (n - 1) / 2, days => 1 + n % 2), 'awoooi', 'brake', 'awoooi/aged',
               case n % 2 when 1 then 'brake.paused' else 'brake.resumed' end, 'ann',
               case n % 2 when 1 then '{"reason":"freeze","by":"ann"}'::json else '{"by":"ann"}'::json end
        from generate_series(1, $3) n
        """;

    private const string PassedByAll =
        """
        insert into journal.cursor (consumer, partition, generation, seq)
        select c.consumer, $1, 1::smallint, $2::bigint
        from (select consumer from journal.cursor where consumer not like 'intake:%' union select unnest($3::text[])) c
        on conflict (consumer, partition) do update set seq = excluded.seq
        """;

    // A silo signs within the hour; a cut asks whether it has, and 'audit verify' whether the signature is good.
    private const string Signed =
        """
        insert into public.awooop_audit_head (project_id, generation, partition, seq, chain_no, hash, signed_at, key_id, signature)
        select project_id, generation, partition, seq, chain_no, hash, now(), 'test', sha256(hash) from public.awooop_audit_event
        where project_id = 'awoooi' and partition = $1 order by seq desc limit 1
        """;

    [Fact]
    public async Task Cut_OfMonthsThatLieBehind_LeavesTheTablesAsTheyWereAndIsRefusedTheSecondTime()
    {
        await using var system = await AwooopSystem.StartAsync();
        var awooop = new AwooopCommand(system, await system.AdminKeyAsync());
        await system.Silos[0].StopAsync();
        var first = await AgeAsync(system);
        (await awooop.RunAsync("replay")).ShouldEnd(Exit.Done);
        var kept = first.AddMonths(2).ToString("yyyy-MM", CultureInfo.InvariantCulture);

        (await awooop.RunAsync("db", "cut", "--before", kept, "-m", "nothing needs them", "--yes")).ShouldEnd(Exit.Refused).Errors.ShouldContain("audit chains of project awoooi are not signed up to the cut");
        var partition = await PartitionAsync(system);
        await ExecuteAsync(system, Signed, partition);
        await system.StartSiloAsync();

        var cut = (await awooop.RunAsync("db", "cut", "--before", kept, "-m", "nothing needs them", "--yes")).ShouldEnd(Exit.Done);

        cut.Output.ShouldContain($"The log begins at {kept}: 2 months with {2 * EventsAMonth} events were dropped, ");
        (await system.CountAsync("select count(*) from journal.event where grain_key = 'awoooi/aged'")).ShouldBe((Months - 2) * EventsAMonth);
        var verified = (await awooop.RunAsync("replay", "--verify")).ShouldEnd(Exit.Done).Output;
        foreach (var table in RecordSnapshot.Tables)
            verified.ShouldContain($"{table}: equal");
        var again = (await awooop.RunAsync("db", "cut", "--before", kept, "-m", "nothing needs them", "--yes")).ShouldEnd(Exit.Refused);
        again.Errors.ShouldContain($"The log has no month before {kept}.");
        again.Output.ShouldBeEmpty();

        using var admin = new RawApi(system.Address, await system.AdminKeyAsync());
        var told = await SharedSystem.ItemsAsync(admin, "audit/acts?scope=projects&act=project_catalog.log_cut_entered");
        told.ShouldHaveSingleItem();
        // Of all months, those that were dropped too.
        (await SharedSystem.ItemsAsync(admin, "audit/acts?actor=ann&limit=100")).Count.ShouldBe(Months * EventsAMonth);
        (await admin.GetAsync("v1/platform/kpis")).ShouldSucceed();
    }

    /// <summary>Months that ran half a year ago, with events that every consumer has passed. Answers the first of them.</summary>
    private static async Task<DateTimeOffset> AgeAsync(AwooopSystem system)
    {
        var now = TimeProvider.System.GetUtcNow();
        var first = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-6);
        await using var owner = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(system.Postgres.SuperuserConnection()) { Database = "awooop", Options = "-c role=awooop_owner", Pooling = false });
        for (var month = 0; month < Months; month++)
            await EventMonth.MakeAsync(owner, first.AddMonths(month).Year, first.AddMonths(month).Month);

        await using var find = system.Superuser.CreateCommand(
            "select min(n)::smallint from generate_series(0, 255) n where not exists (select from journal.event e where e.partition = n) and not exists (select from journal.grain g where g.partition = n)");
        var partition = (short)(await find.ExecuteScalarAsync())!;
        await ExecuteAsync(system, AgedEvents, partition, first, Months * EventsAMonth);
        await ExecuteAsync(system, PassedByAll, partition, (long)(Months * EventsAMonth), RecordProjections.All.Select(static projection => projection.Name).ToArray());
        return first;
    }

    private static async Task<short> PartitionAsync(AwooopSystem system) =>
        (short)await system.CountAsync("select min(partition) from journal.event where grain_key = 'awoooi/aged'");

    /// <summary>Past the policies and triggers that keep everybody else from it.</summary>
    private static async Task ExecuteAsync(AwooopSystem system, string sql, params object[] parameters)
    {
        await using var connection = await system.Superuser.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var pass = new NpgsqlCommand("set local session_replication_role = replica", connection))
            await pass.ExecuteNonQueryAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        (await command.ExecuteNonQueryAsync()).ShouldBeGreaterThan(0, sql);
        await transaction.CommitAsync();
    }
}
