using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AwoooP.Approvals;
using AwoooP.Audit;
using AwoooP.Journal;

namespace AwoooP.Records.Tests.Audit;

public sealed class AuditChainTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>
{
    [Fact]
    public async Task Project_AStory_HasARowForEachActInTheOrderOfTheLog()
    {
        var project = await AuditedProject.TellAsync(database, "story");

        var rows = await database.Superuser.QueryAsync(
            "select seq, chain_no, act, actor, object_type, object_id, outcome, coalesce(reason, '-') from awooop_audit_event where project_id = 'story' order by seq",
            reader => (Seq: reader.GetInt64(0), No: reader.GetInt64(1), Act: reader.GetString(2), Actor: reader.GetString(3),
                Object: $"{reader.GetString(4)}/{reader.GetString(5)}", Outcome: reader.GetString(6), Reason: reader.GetString(7)));

        rows.Select(row => (row.Seq, row.Act, row.Actor, row.Object)).ShouldBe(
            project.Acts.Select(act => (act.Position.Seq, act.Type, AuditActs.ActorOf(act.Type, act.Actor), $"{act.Id.Type}/{act.Id.LocalKey}")));
        rows.Select(row => row.No).ShouldBe(Enumerable.Range(1, rows.Count).Select(number => (long)number));
        rows.ShouldContain(row => row.Act == "approval.voted" && row.Actor == "lead" && row.Reason == "approve: go" && row.Outcome == "done");
        // A call that is settled in several accounts is one act, and its agent's.
        rows.Where(row => row.Act == "budget.spending_settled").Select(row => (row.Actor, row.Object)).ShouldBe(
            [("agent:planner", "budget/project"), ("agent:critic", "budget/project"), ("agent:planner", "budget/project")]);
        rows.ShouldContain(row => row.Act == "budget.spending_settled" && row.Reason == "local/large-1: 0.3 USD, 300 tokens");
        rows.ShouldContain(row => row.Act == "budget.spending_settled"
            && row.Reason == $"local/small-1: 0.45 USD, 800 tokens; run {Story.FirstRun}; incident {Story.Incident}");
        rows.ShouldContain(row => row.Act == "budget.reservation_expired" && row.Actor == "platform" && row.Reason == "local/large-1: 0.4 USD, 500 tokens");
        rows.Where(row => row.Act is "budget.threshold_reached" or "budget.killed").ShouldAllBe(row => row.Actor == "platform");
        rows.ShouldContain(row => row.Act == "playbook.revised" && row.Reason == "clearer name");
        rows.ShouldContain(row => row.Act == "incident.repair_failed" && row.Outcome == "failed");
        rows.ShouldNotContain(row => row.Act.StartsWith("alert.", StringComparison.Ordinal) || row.Act == "run.heartbeat_received");
    }

    [Fact]
    public async Task Project_RefusedActs_NameTheOperationAndItsCaller()
    {
        var log = new EventLog("refused");
        log.Append("audit", "audit", "ann", new ActDenied("VoteApproval", 403, "role_required", "403 role_required", "approval_id=1", "api_key", "192.0.2.1", null));

        await Projector.ApplyAsync(database.App, new AuditProjection(), log.Events);

        (await database.Superuser.QueryAsync(
            "select actor || ' ' || act || ' ' || object_type || ' ' || object_id || ' ' || outcome || ' ' || reason from awooop_audit_event where project_id = 'refused'",
            reader => reader.GetString(0))).ShouldBe(["ann audit.denied operation VoteApproval denied 403 role_required"]);
    }

    [Fact]
    public async Task Project_AnEventOfAnUnknownShape_IsARowAllTheSame()
    {
        var log = new EventLog("unknown");
        log.Append("approval", "a", "ann", new ApprovalCancelled("mistake", "ann", Guid.Empty));
        var strange = log.Events[0] with { TypeVersion = 99, Data = "[1]"u8.ToArray() };

        await Projector.ApplyAsync(database.App, new AuditProjection(), [strange]);

        (await database.Superuser.QueryAsync("select outcome from awooop_audit_event where project_id = 'unknown' and reason is null", reader => reader.GetString(0))).ShouldBe(["done"]);
    }

    /// <summary>Whoever checks a row by other means must get the same: this is the form of docs/decisions/0504, written a second time.</summary>
    [Fact]
    public void Hash_OfARow_IsThatOfTheFormThatIsWrittenDown()
    {
        var entry = new AuditEntry
        {
            Chain = new AuditChain("shop", 1, 3),
            Seq = 42,
            ChainNo = 2,
            At = DateTimeOffset.UnixEpoch.AddMicroseconds(5),
            Act = "brake.paused",
            Actor = "ann",
            ObjectType = "brake",
            ObjectId = "brakes",
            ObjectVersion = 7,
            Outcome = "done",
            Reason = "凍結",
            CommandId = null,
            Causation = null,
            TraceId = null,
            DataSha256 = new byte[32],
            PreviousHash = new byte[32],
        };
        List<byte> bytes = [];
        Text("awooop.audit.event.1");
        Text("shop");
        foreach (var number in (long[])[1, 3, 42, 2, 5])
            Number(number);
        foreach (var text in (string[])["brake.paused", "ann", "brake", "brakes"])
            Text(text);
        Number(7);
        Text("done");
        Text("凍結");
        bytes.AddRange([255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255]);
        foreach (var hash in (byte[][])[entry.DataSha256, entry.PreviousHash])
            bytes.AddRange([0, 0, 0, 32, .. hash]);

        entry.ComputeHash().ShouldBe(SHA256.HashData(bytes.ToArray()));

        void Number(long value) => bytes.AddRange(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(value)));

        void Text(string value)
        {
            var utf8 = Encoding.UTF8.GetBytes(value);
            bytes.AddRange(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(utf8.Length)));
            bytes.AddRange(utf8);
        }
    }

    [Fact]
    public async Task Sign_WhenAProjectHasNoKey_SignsTheOthersAndSaysWhatIsLeft()
    {
        await AuditedProject.TellAsync(database, "keyless", signed: false);
        await AuditedProject.TellAsync(database, "with-key", signed: false);

        var (_, unsigned) = await TestSigner.SignAsync(database, "keyless", without: "keyless");

        unsigned.ShouldBe(1);
        (await database.Superuser.QueryAsync("select project_id from awooop_audit_head where project_id in ('keyless', 'with-key')", reader => reader.GetString(0)))
            .ShouldBe(["with-key"]);
    }

    [Fact]
    public async Task Sign_AChain_OnceAnHourWhileItMovesOn()
    {
        var now = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var log = Story.Tell("hourly").Events.Where(AuditActs.IsAct).ToList();
        await Projector.ApplyAsync(database.App, new AuditProjection(), [.. log.Take(5)]);

        await TestSigner.SignAsync(database, "hourly", now);
        await Projector.ApplyAsync(database.App, new AuditProjection(), [.. log.Skip(5).Take(5)]);
        await TestSigner.SignAsync(database, "hourly", now.AddMinutes(59));
        (await HeadsAsync("hourly")).ShouldBe([(5, now)]);
        await TestSigner.SignAsync(database, "hourly", now.AddMinutes(60));
        await TestSigner.SignAsync(database, "hourly", now.AddHours(9));

        (await HeadsAsync("hourly")).ShouldBe([(5, now), (10, now.AddHours(1))]);
    }

    [Fact]
    public async Task Sign_WhenAHeadInTheChainIsOfTheFuture_GoesOnOnceAnHour()
    {
        var now = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var future = now.AddYears(1_000);
        var log = Story.Tell("of-the-future").Events.Where(AuditActs.IsAct).ToList();
        await Projector.ApplyAsync(database.App, new AuditProjection(), [.. log.Take(5)]);
        await TestSigner.SignAsync(database, "of-the-future", now);
        await Projector.ApplyAsync(database.App, new AuditProjection(), [.. log.Skip(5).Take(3)]);
        await ForgeAsync(log[6].Position, chainNo: 7);

        await TestSigner.SignAsync(database, "of-the-future", now.AddHours(1));
        await Projector.ApplyAsync(database.App, new AuditProjection(), [.. log.Skip(8).Take(2)]);
        await TestSigner.SignAsync(database, "of-the-future", now.AddMinutes(119));
        await TestSigner.SignAsync(database, "of-the-future", now.AddMinutes(120));

        (await HeadsAsync("of-the-future")).ShouldBe([(5, now), (7, future), (8, now.AddHours(1)), (10, now.AddHours(2))]);

        async Task ForgeAsync(Position at, long chainNo)
        {
            await using var connection = await database.Superuser.OpenConnectionAsync();
            await connection.ExecuteAsync(
                """
                insert into public.awooop_audit_head (project_id, generation, partition, seq, chain_no, hash, signed_at, key_id, signature)
                values ('of-the-future', $1, $2, $3, $4, sha256('hash'), $5, $6, sha256('signature'))
                """,
                (short)at.Generation, at.Partition, at.Seq, chainNo, future, TestSigner.KeyId);
        }
    }

    private Task<List<(long ChainNo, DateTimeOffset SignedAt)>> HeadsAsync(string projectId) => database.Superuser.QueryAsync(
        "select chain_no, signed_at from awooop_audit_head where project_id = $1 order by chain_no",
        reader => (reader.GetInt64(0), reader.GetFieldValue<DateTimeOffset>(1).ToUniversalTime()),
        projectId);
}
