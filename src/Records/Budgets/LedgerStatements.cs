using AwoooP.Budgets;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>
/// How <c>budget_ledger</c> is written. It is insert-only, and its costs add up to what the account was charged: a call that nobody settled in time stands in
/// it as charged, without tokens, and the row of its late settlement has the difference.
/// </summary>
internal static class LedgerStatements
{
    public static BulkStatement<DecodedEvent> Insert { get; } = new BulkStatement<DecodedEvent>(
        """
        insert into budget_ledger (
            project_id, id, agent_id, run_id, incident_id, model, provider, prompt_tokens, completion_tokens, cost_usd, recorded_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """)
        .Text(next => next.ProjectId)
        .Uuid(next => next.Recorded.RowId("budget_ledger"))
        .Text(next => CallOf(next).AgentId, 128)
        .Uuid(next => CallOf(next).RunId)
        .Text(next => CallOf(next).IncidentId, 64)
        .Text(next => CallOf(next).Model, 64)
        .Text(next => CallOf(next).Provider, 32)
        .Integer(next => (next.Data as SpendingSettled)?.PromptTokens)
        .Integer(next => (next.Data as SpendingSettled)?.CompletionTokens)
        .Numeric(CostOf)
        .Time(next => next.At);

    private static ModelCall CallOf(DecodedEvent next) => next.Data switch
    {
        SpendingSettled settled => settled.Call,
        ReservationExpired expired => expired.Call,
        _ => throw next.Unknown(),
    };

    private static decimal CostOf(DecodedEvent next) => next.Data switch
    {
        SpendingSettled settled => settled.Actual.Usd - settled.Charged.Usd,
        ReservationExpired expired => expired.Charged.Usd,
        _ => throw next.Unknown(),
    };
}
