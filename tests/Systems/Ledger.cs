using AwoooP.Demo;

namespace AwoooP.Systems;

/// <summary>Compares what was acknowledged with what the log and the record tables hold.</summary>
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

    /// <summary>Waits until everything accepted is worked off and projected, then checks each alert for exactly one of everything.</summary>
    public static async Task CheckAsync(AwooopSystem system, IReadOnlyCollection<string> acknowledged)
    {
        foreach (var (what, sql) in Ends)
            await Readiness.UntilAsync(async _ => await system.CountAsync(sql) >= acknowledged.Count, $"Not every acknowledged alert was {what}", CancellationToken.None);

        var listed = new HashSet<string>(StringComparer.Ordinal);
        await using (var command = system.Superuser.CreateCommand("select alertname from incidents where alertname like 'Load%'"))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                listed.Add(reader.GetString(0)).ShouldBeTrue($"{reader.GetString(0)} has two incidents");
        }

        listed.ShouldBe(acknowledged, ignoreOrder: true);
        (await system.CountAsync(Doubled("alert.fired"))).ShouldBe(0, "an alert fired twice");
        (await system.CountAsync(Doubled("incident.opened"))).ShouldBe(0, "an incident was opened twice");
        (await system.CountAsync("select count(*) from (select grain_key from journal.event where type = 'alert.incident_linked' group by grain_key having count(*) > 1) doubled")).ShouldBe(0, "an alert was linked twice");
        (await system.CountAsync("select count(*) from journal.event where type = 'incident.plan_declined'")).ShouldBe(acknowledged.Count, "each incident was decided on once");
    }

    private static string Doubled(string type) =>
        $"select count(*) from (select data #>> '{{identity,fingerprint}}' from journal.event where type = '{type}' group by 1 having count(*) > 1) doubled";
}
