using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Journal.Intake.Sql;

/// <summary>Sets a record aside that its consumer can never take; one of a project whose rows are being deleted is dropped.</summary>
internal sealed class RejectIntake(NpgsqlDataSource engine)
{
    private const string Sql =
        """
        insert into journal.intake_rejected (project_id, partition, seq, kind, reason, received_at, trace_id, payload)
        select $1, $2, $3, $4, $5, $6, $7, $8
        where not exists (select from journal.removed_project r where r.id = $1 and r.deleting_since is not null)
        on conflict (project_id, partition, seq) do nothing
        """;

    public async Task ExecuteAsync(IntakeRecord record, string reason, CancellationToken cancellationToken)
    {
        await using var command = engine.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = record.ProjectId });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = record.Partition });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = record.Seq });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = record.Kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reason });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = record.ReceivedAt.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter { Value = record.TraceId ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = record.Payload });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
