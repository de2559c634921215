using AwoooP.Brakes;
using AwoooP.Journal;
using AwoooP.Records.Reading;

namespace AwoooP.Records.Tests.Audit;

/// <summary>A project whose story is in the log, in the audit trail and signed; and what somebody who owns the database can do to it.</summary>
internal sealed class AuditedProject(RecordsDatabase database, string projectId)
{
    private List<RecordedEvent> _acts = [];

    /// <summary>The events that are acts, in order.</summary>
    public IReadOnlyList<RecordedEvent> Acts => _acts;

    /// <summary>What the last check has told of chains that are held back.</summary>
    public IReadOnlyList<HeldAuditChain> Held { get; private set; } = [];

    public static async Task<AuditedProject> TellAsync(RecordsDatabase database, string projectId, bool signed = true)
    {
        var project = new AuditedProject(database, projectId);
        var log = Story.Tell(projectId).Events;
        project._acts = [.. log.Where(AuditActs.IsAct)];
        await LogRows.AppendAsync(database.Superuser, log);
        await Projector.ApplyAsync(database.App, new AuditProjection(), log);
        await LogRows.MoveAsync(database.Superuser, AuditProjection.ProjectionName, log.Count);
        if (signed)
            (await TestSigner.SignAsync(database, projectId)).Signed.ShouldBeGreaterThan(0);
        return project;
    }

    /// <summary>One more act, the only one of the project in a partition of its own; in the log, in the trail and signed.</summary>
    public async Task<RecordedEvent> TellElsewhereAsync(short partition)
    {
        var log = new EventLog(projectId).Append("brake", "elsewhere", "ann", new AutomationPaused(null, "freeze", "ann"));
        var act = log.Events[0] with { Position = new Position(1, partition, 1) };
        await LogRows.AppendAsync(database.Superuser, [act]);
        await Projector.ApplyAsync(database.App, new AuditProjection(), [act]);
        await LogRows.MoveAsync(database.Superuser, AuditProjection.ProjectionName, 1, partition);
        (await TestSigner.SignAsync(database, projectId)).Signed.ShouldBeGreaterThan(0);
        return act;
    }

    /// <summary>Asks for every part of the check until it is done or finds something.</summary>
    public async Task<(AuditFault? Fault, long Rows, long Heads, long UnknownKeys)> VerifyAsync(int pageRows = 1_000, int pages = 20)
    {
        var verifier = new AuditVerifier(new TenantReader(database.App), new TestSigner()) { PageRows = pageRows, Pages = pages };
        var (rows, heads, unknown) = (0L, 0L, 0L);
        string? from = null;
        do
        {
            var part = await verifier.VerifyAsync(projectId, from, CancellationToken.None);
            Held = part.Held;
            (rows, heads, unknown, from) = (rows + part.Rows, heads + part.Heads, unknown + part.UnknownKeys, part.Next);
            if (part.Fault is not null)
                return (part.Fault, rows, heads, unknown);
        }
        while (from is not null);
        return (null, rows, heads, unknown);
    }

    /// <summary>As the owner, with the triggers that refuse it switched off; of this project's rows.</summary>
    public async Task TamperAsync(string sql, params object[] parameters)
    {
        await using var owner = await database.Owner.EnterAsync(projectId);
        await owner.ExecuteAsync("alter table public.awooop_audit_event disable trigger user");
        await owner.ExecuteAsync("alter table public.awooop_audit_head disable trigger user");
        (await owner.ExecuteAsync(sql, parameters)).ShouldBeGreaterThan(0, sql);
        await owner.ExecuteAsync("alter table public.awooop_audit_event enable trigger user");
        await owner.ExecuteAsync("alter table public.awooop_audit_head enable trigger user");
        await owner.ExecuteAsync("commit");
    }

    /// <summary>Holds an act back, as delivery does with one that the projection cannot apply.</summary>
    public async Task HoldAsync(RecordedEvent act)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into journal.dead_letter (project_id, consumer, generation, partition, seq, id, kind, queue_type, queue_key, grain_type, grain_key, event_type)
            values ($1, $2, $3, $4, $5, gen_random_uuid(), 'fault', '', '', $6, $7, $8)
            """,
            projectId, AuditProjection.ProjectionName, (short)act.Position.Generation, act.Position.Partition, act.Position.Seq, act.Id.Type, act.Id.Key, act.Type);
    }

    /// <summary>As the projection does with a held act that somebody discards.</summary>
    public async Task GiveUpAsync(RecordedEvent act)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "insert into journal.discarded_event (project_id, consumer, generation, partition, seq) values ($1, $2, $3, $4, $5)",
            projectId, AuditProjection.ProjectionName, (short)act.Position.Generation, act.Position.Partition, act.Position.Seq);
    }

    /// <summary>Takes the project's events from a sequence number on out of the log, as nobody but a superuser can.</summary>
    public async Task CutLogAsync(long fromSeq)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        await connection.ExecuteAsync("set session_replication_role = replica");
        (await connection.ExecuteAsync("delete from journal.event where project_id = $1 and seq >= $2", projectId, fromSeq)).ShouldBeGreaterThan(0);
        await connection.ExecuteAsync("reset session_replication_role");
    }

    /// <summary>Writes the whole chain anew from other events, with hashes and links that fit.</summary>
    public async Task RewriteAsync(IReadOnlyList<RecordedEvent> events)
    {
        await TamperAsync("delete from public.awooop_audit_event");
        await Projector.ApplyAsync(database.App, new AuditProjection(), events);
    }

    public static string At(RecordedEvent recorded) => recorded.Position.ToString();
}
