using AwoooP.Alerts;
using AwoooP.Events;
using AwoooP.Records.Projecting;
using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>alert_member</c>: the active list that senders and amtool ask for.</summary>
public sealed class AlertMemberQueries
{
    /// <summary>More active alerts than this are not answered at once.</summary>
    public const int MaxAlerts = 50_000;

    // An alert name that is asked for bounds the index scan; other labels are tested row by row.
    internal const string ListSql =
        """
        select project_id, fingerprint, member_id, alertname, namespace, target, severity::text, alert_category, notification_type,
               labels::text, annotations::text, starts_at, ends_at, received_at, updated_at, generator_url, source
        from public.alert_member
        where project_id = $1
          and ended_at is null
          and ends_at > now()
          and ($2 is null or alertname = $2)
          and not exists (
              select from unnest($3, $4) as wanted (name, value)
              where coalesce(labels ->> wanted.name, '') <> wanted.value)
          and not exists (
              select from unnest($5, $6) as unwanted (name, value)
              where coalesce(labels ->> unwanted.name, '') = unwanted.value)
        order by alertname, member_id
        limit $7
        """;

    private readonly TenantReader _reader;

    internal AlertMemberQueries(TenantReader reader) => _reader = reader;

    public Task<IReadOnlyList<AlertMemberRow>> ListActiveAsync(string projectId, CancellationToken cancellationToken) =>
        ListActiveAsync(projectId, [], cancellationToken);

    /// <summary>The active alerts that meet every matcher, by alert name. Equality is tested by PostgreSQL, patterns here.</summary>
    public async Task<IReadOnlyList<AlertMemberRow>> ListActiveAsync(string projectId, IReadOnlyList<LabelMatcher> matchers, CancellationToken cancellationToken)
    {
        var rows = await _reader.ListAsync(projectId, List(projectId, matchers), Map, cancellationToken);
        var patterns = matchers.Where(matcher => matcher.IsRegex).ToList();
        return patterns.Count == 0 ? rows : [.. rows.Where(row => patterns.TrueForAll(pattern => pattern.Matches(row.Labels)))];
    }

    internal static NpgsqlBatchCommand List(string projectId, IReadOnlyList<LabelMatcher> matchers)
    {
        var wanted = matchers.Where(matcher => matcher is { IsRegex: false, IsEqual: true }).ToList();
        var unwanted = matchers.Where(matcher => matcher is { IsRegex: false, IsEqual: false }).ToList();

        // The column is cut to its width, so a longer name can only be found by the label itself.
        var alertName = wanted.Find(matcher => matcher.Name == "alertname" && matcher.Value.Length is > 0 and < 256)?.Value;
        return new NpgsqlBatchCommand(ListSql)
        {
            Parameters =
            {
                TenantReader.Text(projectId),
                TenantReader.Text(alertName),
                TenantReader.Texts([.. wanted.Select(matcher => matcher.Name)]),
                TenantReader.Texts([.. wanted.Select(matcher => matcher.Value)]),
                TenantReader.Texts([.. unwanted.Select(matcher => matcher.Name)]),
                TenantReader.Texts([.. unwanted.Select(matcher => matcher.Value)]),
                TenantReader.Integer(MaxAlerts),
            },
        };
    }

    private static AlertMemberRow Map(NpgsqlDataReader reader) => new()
    {
        ProjectId = reader.GetString(0),
        Fingerprint = reader.GetString(1),
        MemberId = reader.GetString(2),
        Alertname = reader.GetString(3),
        Namespace = reader.GetString(4),
        Target = reader.GetString(5),
        Severity = Literal.To<Severity>(reader.GetString(6)),
        AlertCategory = reader.GetString(7),
        NotificationType = reader.GetString(8),
        Labels = Document.Read<IReadOnlyDictionary<string, string>>(reader.GetString(9))!,
        Annotations = Document.Read<IReadOnlyDictionary<string, string>>(reader.GetString(10))!,
        StartsAt = reader.GetFieldValue<DateTimeOffset>(11),
        EndsAt = reader.GetFieldValue<DateTimeOffset>(12),
        ReceivedAt = reader.GetFieldValue<DateTimeOffset>(13),
        UpdatedAt = reader.GetFieldValue<DateTimeOffset>(14),
        GeneratorUrl = reader.Text(15),
        Source = reader.GetString(16),
    };
}
