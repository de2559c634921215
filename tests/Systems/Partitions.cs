using AwoooP.Demo;

namespace AwoooP.Systems;

/// <summary>Who owns what, as the database has it.</summary>
public static class Partitions
{
    /// <summary>Waits until so many silos own all partitions, none more than its share.</summary>
    public static Task SharedAsync(AwooopSystem system, int silos) => Readiness.UntilAsync(
        async _ => await system.CountAsync(
            $"""
            select count(*) from (
                select 1 from journal.partition p join journal.silo s on s.silo_id = p.owner and s.incarnation = p.owner_incarnation and s.state = 'alive'
                group by p.owner having count(*) <= ceil(256.0 / {silos})
            ) sharing
            """) == silos && await system.CountAsync("select count(*) from journal.partition where owner is null") == 0,
        $"The partitions are not shared by {silos} silos",
        CancellationToken.None);
}
