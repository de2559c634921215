using AwoooP.Journal.Delivery;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;
using NpgsqlTypes;

namespace AwoooP.Records;

/// <summary>Reads and writes <c>timeline_subject</c>. A subject is written once and never changes.</summary>
internal static class SubjectTable
{
    private const string Read =
        """
        select s.project_id, s.subject_type, s.subject_id, s.incident_id, s.approval_id, s.risk_level, s.title, s.target, s.is_shadow
        from unnest($1, $2, $3) as wanted (project_id, subject_type, subject_id)
        join timeline_subject s on s.project_id = wanted.project_id and s.subject_type = wanted.subject_type and s.subject_id = wanted.subject_id
        """;

    private static readonly BulkStatement<TimelineSubject> Insert = new BulkStatement<TimelineSubject>(
        """
        insert into timeline_subject (project_id, subject_type, subject_id, incident_id, approval_id, risk_level, title, target, is_shadow)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """)
        .Text(row => row.Key.ProjectId)
        .Text(row => row.Key.Type)
        .Uuid(row => row.Key.Id)
        .Text(row => row.IncidentId, 64)
        .Text(row => row.ApprovalId)
        .Text(row => row.RiskLevel)
        .Text(row => row.Title, 256)
        .Text(row => row.Target, 256)
        .Boolean(row => row.IsShadow);

    /// <summary>The subjects of the events: those that the batch introduces, which are written, and those from before, which are read.</summary>
    public static async Task<IReadOnlyDictionary<SubjectKey, TimelineSubject>> MeetAsync(
        NpgsqlConnection connection, IReadOnlyList<DecodedEvent> events, CancellationToken cancellationToken)
    {
        var met = events.Select(TimelineSubject.From).OfType<TimelineSubject>().ToDictionary(subject => subject.Key);
        await Insert.ExecuteAsync(connection, met.Values, cancellationToken);

        var known = events.Where(TimelineSubject.Concerns).Select(SubjectKey.Of).Where(key => !met.ContainsKey(key)).ToHashSet();
        foreach (var subject in await ReadAsync(connection, known, cancellationToken))
            met.Add(subject.Key, subject);
        return known.All(met.ContainsKey)
            ? met
            : throw new DeterministicFaultException("An event is about a run, an approval or a notification whose first event was never seen.");
    }

    private static async Task<List<TimelineSubject>> ReadAsync(NpgsqlConnection connection, HashSet<SubjectKey> keys, CancellationToken cancellationToken)
    {
        var subjects = new List<TimelineSubject>(keys.Count);
        if (keys.Count == 0)
            return subjects;

        await using var command = new NpgsqlCommand(Read, connection);
        command.AddArray(NpgsqlDbType.Text, keys.Select(key => key.ProjectId));
        command.AddArray(NpgsqlDbType.Text, keys.Select(key => key.Type));
        command.AddArray(NpgsqlDbType.Uuid, keys.Select(key => key.Id));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            subjects.Add(new TimelineSubject(
                new SubjectKey(reader.GetString(0), reader.GetString(1), reader.GetGuid(2)),
                reader.Text(3), reader.Text(4), reader.Text(5), reader.GetString(6), reader.Text(7), reader.GetBoolean(8)));
        }

        return subjects;
    }
}
