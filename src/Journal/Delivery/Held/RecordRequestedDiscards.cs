using Npgsql;

namespace AwoooP.Journal.Delivery.Held;

/// <summary>As <see cref="RecordDiscards"/>, of those that were asked for and not carried out yet, when a rebuild ends all holds of the consumer.</summary>
internal static class RecordRequestedDiscards
{
    private const string Sql =
        """
        insert into journal.discarded_event (project_id, consumer, generation, partition, seq)
        select d.project_id, d.consumer, d.generation, d.partition, d.seq from journal.dead_letter d
        where d.consumer = $1 and d.discard_requested and d.kind <> 'too_deep'
          and not exists (select from journal.removed_project r where r.id = d.project_id and r.deleting_since is not null)
        on conflict do nothing
        """;

    public static async Task ExecuteAsync(NpgsqlConnection owner, string consumer, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Sql, owner);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = consumer });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
