using AwoooP.Records.Reading;
using Npgsql;

namespace AwoooP.Records;

/// <summary>Reads <c>budget_ledger</c> for the API.</summary>
public sealed class BudgetQueries
{
    internal const string ListSql =
        """
        select id, project_id, agent_id, run_id, incident_id, model, provider, prompt_tokens, completion_tokens, cost_usd, recorded_at
        from public.budget_ledger
        where project_id = $1
          and ($2 is null or agent_id = $2)
          and ($3 is null or run_id = $3)
          and ($4 is null or incident_id = $4)
          and ($5 is null or model = $5)
          and ($6 is null or (recorded_at, id) < ($6, $7))
        order by recorded_at desc, id desc
        limit $8
        """;

    // The session's zone is the platform's, so to_char cuts its days.
    internal const string SpendSql =
        """
        with spent as (
            select case $2
                       when 'day' then to_char(recorded_at, 'YYYY-MM-DD')
                       when 'agent' then agent_id
                       when 'model' then model
                       when 'incident' then incident_id
                       when 'run' then run_id::text
                   end as key,
                   sum(cost_usd) as cost_usd, coalesce(sum(prompt_tokens), 0) as prompt_tokens,
                   coalesce(sum(completion_tokens), 0) as completion_tokens, count(prompt_tokens) as calls
            from public.budget_ledger
            where project_id = $1 and recorded_at >= $3 and recorded_at < $4
            group by 1),
        shown as (
            select * from spent
            order by case when $2 = 'day' then key end desc, cost_usd desc, key
            limit $5)
        select key, cost_usd, prompt_tokens, completion_tokens, calls
        from shown
        order by case when $2 = 'day' then key end, cost_usd desc, key
        """;

    private readonly TenantReader _reader;

    internal BudgetQueries(TenantReader reader) => _reader = reader;

    /// <summary>Days in their order, anything else by what it cost, most first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is out of bounds.</exception>
    public async Task<IReadOnlyList<SpendRow>> SpendAsync(string projectId, SpendFilter filter, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(filter.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(filter.Limit, SpendFilter.MaxLimit);
        return await _reader.ListAsync(projectId, Spend(projectId, filter), MapSpend, cancellationToken);
    }

    /// <summary>Newest first.</summary>
    /// <exception cref="InvalidCursorException">The cursor belongs to another list, or to another filter.</exception>
    public Task<Page<LedgerRow>> ListAsync(string projectId, LedgerFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        _reader.PageAsync(projectId, filter, page, List(projectId, filter, page), Map, row => new Cursor(row.RecordedAt, row.Id.ToString()), cancellationToken);

    internal static NpgsqlBatchCommand List(string projectId, LedgerFilter filter, PageRequest page) => new(ListSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Text(filter.AgentId),
            TenantReader.Uuid(filter.RunId),
            TenantReader.Text(filter.IncidentId),
            TenantReader.Text(filter.Model),
            TenantReader.Time(page.After?.At),
            TenantReader.Uuid(page.After is { } after ? CursorId.ToUuid(after.Id) : null),
            TenantReader.Integer(page.Limit + 1),
        },
    };

    internal static NpgsqlBatchCommand Spend(string projectId, SpendFilter filter) => new(SpendSql)
    {
        Parameters =
        {
            TenantReader.Text(projectId),
            TenantReader.Literal<SpendBy>(filter.By),
            TenantReader.Time(filter.Since),
            TenantReader.Time(filter.Until),
            TenantReader.Integer(filter.Limit),
        },
    };

    private static SpendRow MapSpend(NpgsqlDataReader reader) =>
        new(reader.Text(0), reader.GetDecimal(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));

    private static LedgerRow Map(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetGuid(0),
        ProjectId = reader.GetString(1),
        AgentId = reader.Text(2),
        RunId = reader.Uuid(3),
        IncidentId = reader.Text(4),
        Model = reader.Text(5),
        Provider = reader.Text(6),
        PromptTokens = reader.Integer(7),
        CompletionTokens = reader.Integer(8),
        CostUsd = reader.GetDecimal(9),
        RecordedAt = reader.GetFieldValue<DateTimeOffset>(10),
    };
}
