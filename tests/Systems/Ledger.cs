using System.Globalization;
using AwoooP.Demo;

namespace AwoooP.Systems;

/// <summary>Compares what was acknowledged with what the log and the record tables hold: nothing lost, doubled or reordered.</summary>
public static class Ledger
{
    private static readonly (string What, string Sql)[] Ends =
    [
        ("worked off", "select count(*) from journal.event where type = 'alert.fired'"),
        ("made an incident", "select count(*) from journal.event where type = 'incident.opened'"),
        ("decided on", "select count(*) from journal.event where type = 'incident.plan_declined'"),
        ("linked to its incident", "select count(*) from journal.event where type = 'alert.incident_linked'"),
        ("projected to alert_member", "select count(*) from alert_member where labels->>'alertname' like 'Load%'"),
        ("projected to incidents", "select count(*) from incidents where alertname like 'Load%'"),
    ];

    /// <summary>What may never be in any log, whatever was written to it.</summary>
    private static readonly (string What, string Sql)[] Faults =
    [
        ("partitions have gaps or doubles", "select count(*) from (select 1 from journal.event group by partition having count(*) <> max(seq) or count(*) <> count(distinct seq)) p"),
        ("aggregates have gaps or doubles", "select count(*) from (select 1 from journal.event group by grain_type, grain_key having count(*) <> max(version) or count(*) <> count(distinct version)) a"),
        ("events of an aggregate are out of order", "select count(*) from (select seq, lag(seq) over (partition by grain_type, grain_key order by version) as earlier from journal.event) e where seq <= earlier"),
    ];

    /// <summary>Where delivery has not come to the end of the log, for whoever asks why.</summary>
    private const string Behind =
        """
        select string_agg(format('%s of partition %s at %s of %s, owned by %s', c.consumer, c.partition, c.seq, e.head, p.owner), '; ')
        from journal.cursor c
        join (select partition, max(seq) as head from journal.event group by partition) e on e.partition = c.partition and e.head > c.seq
        join journal.partition p on p.partition = c.partition
        """;

    /// <summary>What delivery holds back, and why.</summary>
    private const string Held =
        "select string_agg(format('%s %s: %s of %s', count, kind, reason, consumer), '; ') from (select consumer, kind, reason, count(*) from journal.dead_letter group by 1, 2, 3) held";

    /// <summary>Waits until everything accepted is worked off and projected, then checks each alert for exactly one of everything.</summary>
    public static async Task CheckAsync(AwooopSystem system, IReadOnlyCollection<string> acknowledged)
    {
        foreach (var (what, sql) in Ends)
            await ReachedAsync(system, sql, acknowledged.Count, $"Not every acknowledged alert was {what}");

        var listed = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = system.Superuser.CreateCommand("select alertname from incidents where alertname like 'Load%'"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                listed.Add(reader.GetString(0)).ShouldBeTrue($"{reader.GetString(0)} has two incidents");
        }

        // By sets: there may be tens of thousands, and each is compared with each where order is ignored.
        acknowledged.Except(listed).ShouldBeEmpty("alerts without an incident");
        listed.Except(acknowledged).ShouldBeEmpty("incidents of alerts that nobody was told were taken");
        (await system.CountAsync(Doubled("alert.fired"))).ShouldBe(0, "an alert fired twice");
        (await system.CountAsync(Doubled("incident.opened"))).ShouldBe(0, "an incident was opened twice");
        (await system.CountAsync("select count(*) from (select grain_key from journal.event where type = 'alert.incident_linked' group by grain_key having count(*) > 1) doubled")).ShouldBe(0, "an alert was linked twice");
        (await system.CountAsync("select count(*) from journal.event where type = 'incident.plan_declined'")).ShouldBe(acknowledged.Count, "each incident was decided on once");
        foreach (var (what, sql) in Faults)
            (await system.CountAsync(sql)).ShouldBe(0, what);
    }

    /// <summary>Checks that the log has every revision of each playbook once and in order, and that the record tables followed to the last.</summary>
    /// <param name="acknowledged">The last revision by playbook.</param>
    public static async Task CheckAsync(AwooopSystem system, IReadOnlyDictionary<string, int> acknowledged)
    {
        foreach (var (playbook, last) in acknowledged)
        {
            var names = new List<string>();
            await using (var command = system.Superuser.CreateCommand(
                $"select data #>> '{{definition,name}}' from journal.event where type in ('playbook.created', 'playbook.revised') and grain_key like '%/{playbook}' order by version"))
            await using (var reader = await command.ExecuteReaderAsync())
            {
                while (await reader.ReadAsync())
                    names.Add(reader.GetString(0));
            }

            names.ShouldBe(Enumerable.Range(1, last).Select(static number => number.ToString(CultureInfo.InvariantCulture)), $"revisions of {playbook}");
            await UntilAsync(
                system,
                async () => await system.CountAsync($"select count(*) from playbooks where playbook_id = '{playbook}' and version = {last} and name = '{last}'") == 1
                    && await system.CountAsync($"select count(*) from timeline_events where details->>'playbook_id' = '{playbook}'") == last,
                $"The records of {playbook} do not end at its revision {last}, told once each");
        }
    }

    /// <summary>Waits for as long as there is progress: a machine may be busy.</summary>
    private static async Task ReachedAsync(AwooopSystem system, string sql, int wanted, string otherwise)
    {
        var (seen, last, reached) = (-1L, -1L, false);
        while (!reached)
        {
            last = seen;
            try
            {
                await UntilAsync(system, async () => (seen = await system.CountAsync(sql)) >= wanted, otherwise);
                reached = true;
            }
            catch (TimeoutException) when (seen > last)
            {
                // Slow, but on its way.
            }
        }
    }

    private static async Task UntilAsync(AwooopSystem system, Func<Task<bool>> condition, string otherwise)
    {
        try
        {
            await Readiness.UntilAsync(_ => condition(), otherwise, CancellationToken.None);
        }
        catch (TimeoutException late)
        {
            await using var behind = system.Superuser.CreateCommand(Behind);
            await using var held = system.Superuser.CreateCommand(Held);
            throw new TimeoutException($"{late.Message} Behind: {await behind.ExecuteScalarAsync()}. Held back: {await held.ExecuteScalarAsync()}", late);
        }
    }

    private static string Doubled(string type) =>
        $"select count(*) from (select data #>> '{{identity,fingerprint}}' from journal.event where type = '{type}' group by 1 having count(*) > 1) doubled";
}
