using System.Text.Json;
using AwoooP.Brakes;
using AwoooP.Journal;
using AwoooP.Testing;

namespace AwoooP.Records.Tests.Audit;

/// <summary>Every signed head comes into the file once, whatever became of the file meanwhile.</summary>
public sealed class AuditHeadsFileTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddYears(60);

    /// <summary>A sequence number that no chain reaches.</summary>
    private const long Far = 1L << 62;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-heads-");

    private string FilePath => Path.Combine(_folder.FullName, "heads.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Append_AfterEachSigning_AddsWhatIsNewAndNothingTwice()
    {
        await AuditedProject.TellAsync(database, "kept");
        var file = Open();

        (await AppendAsync(file, "kept")).ShouldBe(1);
        (await AppendAsync(file, "kept")).ShouldBe(0);
        await SignLaterAsync("kept", 8);
        (await AppendAsync(file, "kept")).ShouldBe(1);

        Heads().ShouldBe(await SignedAsync("kept"));
    }

    /// <summary>A process that starts anew, and one that shares the file, know of it what it says itself.</summary>
    [Fact]
    public async Task Append_ByAnother_GoesOnWhereTheFileEnds()
    {
        await AuditedProject.TellAsync(database, "shared");
        var first = Open();
        (await AppendAsync(first, "shared")).ShouldBe(1);
        await SignLaterAsync("shared", 8);

        (await AppendAsync(Open(), "shared")).ShouldBe(1);
        (await AppendAsync(first, "shared")).ShouldBe(0);

        Heads().ShouldBe(await SignedAsync("shared"));
    }

    [Fact]
    public async Task Append_ToAFileThatCouldNotBeWritten_CatchesUp()
    {
        await AuditedProject.TellAsync(database, "missed");
        var clock = new FakeClock();
        var file = Open(clock);
        using (new FileStream(FilePath, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            var refused = AppendAsync(file, "missed");
            await Eventually.BecomesTrueAsync(
                () =>
                {
                    clock.Advance(LockedFile.Patience);
                    return refused.IsCompleted;
                },
                "the lock is no longer waited for");
            await Should.ThrowAsync<IOException>(() => refused);
        }

        await SignLaterAsync("missed", 8);

        (await AppendAsync(file, "missed")).ShouldBe(2);

        Heads().ShouldBe(await SignedAsync("missed"));
    }

    [Fact]
    public async Task Append_BehindALineThatWasCutOff_EndsItAndTellsItsHeadAgain()
    {
        await AuditedProject.TellAsync(database, "torn");
        (await AppendAsync(Open(), "torn")).ShouldBe(1);
        var whole = await File.ReadAllTextAsync(FilePath);
        await File.WriteAllTextAsync(FilePath, whole[..^9]);

        (await AppendAsync(Open(), "torn")).ShouldBe(1);

        (await File.ReadAllTextAsync(FilePath)).ShouldBe($"{whole[..^9]}\n{whole}");
    }

    [Fact]
    public async Task Append_ToAFileThatWasMovedAway_TellsEverythingAgain()
    {
        await AuditedProject.TellAsync(database, "moved");
        var file = Open();
        (await AppendAsync(file, "moved")).ShouldBe(1);
        File.Delete(FilePath);

        (await AppendAsync(file, "moved")).ShouldBe(1);
    }

    [Fact]
    public async Task Append_WhileAnotherHasTheFile_WaitsForIt()
    {
        await AuditedProject.TellAsync(database, "waits");
        var clock = new FakeClock();
        Task<int> waiting;
        using (new FileStream(FilePath, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = AppendAsync(Open(clock), "waits");
            waiting.IsCompleted.ShouldBeFalse();
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        (await waiting).ShouldBe(1);

        Heads().ShouldBe(await SignedAsync("waits"));
    }

    /// <summary>What reads it, as <c>audit verify --heads</c> does, is waited for as well.</summary>
    [Fact]
    public async Task Append_WhileItIsRead_WaitsForTheReader()
    {
        await AuditedProject.TellAsync(database, "read");
        (await AppendAsync(Open(), "read")).ShouldBe(1);
        await SignLaterAsync("read", 8);
        var clock = new FakeClock();
        Task<int> waiting;
        using (new FileStream(FilePath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            waiting = AppendAsync(Open(clock), "read");
            waiting.IsCompleted.ShouldBeFalse();
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        (await waiting).ShouldBe(1);
    }

    [Fact]
    public async Task Append_OfTwoAtOnce_LosesNothingAndTellsNothingTwice()
    {
        string[] projects = ["both-a", "both-b"];
        foreach (var project in projects)
            await AuditedProject.TellAsync(database, project);

        var written = await Task.WhenAll(projects.Select(project => AppendAsync(Open(), project)));

        written.ShouldBe([1, 1]);
        Heads().ShouldBe([.. await SignedAsync("both-a"), .. await SignedAsync("both-b")], ignoreOrder: true);
    }

    [Fact]
    public async Task Append_WhenSomebodyPutARowAmongTheHeads_LeavesItOutAndGoesOn()
    {
        await AuditedProject.TellAsync(database, "forged");
        await SignLaterAsync("forged", 8);
        await CopyHeadsAsync("forged", Far, "key_id");
        var file = Open();

        var first = await LookAsync(file, "forged");
        await SignLaterAsync("forged", 8, seq: 2);
        var second = await LookAsync(file, "forged");

        (first.Written, first.Forged, first.Unknown).ShouldBe((2, 1, 0));
        first.FirstForged.ShouldNotBeNull().Position.ShouldBe($"1.8.{Far}");
        (second.Written, second.Forged, second.Unknown).ShouldBe((1, 1, 0));
        Heads().ShouldBe([.. (await SignedAsync("forged")).Where(head => !head.StartsWith($"1.8.{Far} ", StringComparison.Ordinal))]);
    }

    /// <summary>Whoever names a key that nobody has hides no head either.</summary>
    [Fact]
    public async Task Append_OfAHeadWithAKeyThatIsNotKnownHere_LeavesItOutAndGoesOn()
    {
        await AuditedProject.TellAsync(database, "elsewhere");
        await SignLaterAsync("elsewhere", 8);
        await CopyHeadsAsync("elsewhere", Far, "'elsewhere'");
        var file = Open();

        var first = await LookAsync(file, "elsewhere");
        await SignLaterAsync("elsewhere", 8, seq: 2);
        var second = await LookAsync(file, "elsewhere");

        (first.Written, first.Forged, first.Unknown).ShouldBe((2, 0, 1));
        (second.Written, second.Forged, second.Unknown).ShouldBe((1, 0, 1));
    }

    [Fact]
    public async Task Append_BehindALineThatIsForged_DoesNotTakeItForKnown()
    {
        await AuditedProject.TellAsync(database, "line");
        (await AppendAsync(Open(), "line")).ShouldBe(1);
        var genuine = (await File.ReadAllLinesAsync(FilePath)).ShouldHaveSingleItem();
        AuditHeadLine.TryRead(genuine, out var head).ShouldBeTrue();
        await File.WriteAllTextAsync(FilePath, AuditHeadLine.Write(head! with { Position = $"1.7.{Far}" }) + "\n");

        (await AppendAsync(Open(), "line")).ShouldBe(1);

        (await File.ReadAllLinesAsync(FilePath))[^1].ShouldBe(genuine);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("/mnt/worm/heads.jsonl", true)]
    [InlineData("heads.jsonl", false)]
    [InlineData("/mnt/worm/", false)]
    public void Path_OfTheFile_IsAbsoluteAndNoFolder(string? path, bool valid) => AuditHeadsOptions.IsValid(new AuditHeadsOptions { HeadsFile = path }).ShouldBe(valid);

    private AuditHeadsFile Open(TimeProvider? time = null) => new(FilePath, new TestSigner(), time ?? TimeProvider.System);

    private async Task<int> AppendAsync(AuditHeadsFile file, string projectId) => (await LookAsync(file, projectId)).Written;

    private Task<AuditHeadsAppended> LookAsync(AuditHeadsFile file, string projectId) => file.AppendAsync(
        (known, token) => FindHeadsAfter.ExecuteAsync(database.App, [projectId], 1, [6, 7, 8], known, token), CancellationToken.None);

    /// <summary>One more act, in a partition that only those of this method are in, and its head.</summary>
    private async Task SignLaterAsync(string projectId, short partition, int seq = 1)
    {
        var log = new EventLog(projectId);
        while (log.Events.Count < seq)
            log.Append("brake", "later", "ann", new AutomationPaused(null, "freeze", "ann"));
        await Projector.ApplyAsync(database.App, new AuditProjection(), [log.Events[^1] with { Position = new Position(1, partition, seq) }]);
        (await TestSigner.SignAsync(database, projectId, Now.AddHours(2 * seq))).Signed.ShouldBe(1);
    }

    /// <summary>The head of partition 8 once more, far behind it, as somebody who has the database and no key may write it.</summary>
    private async Task CopyHeadsAsync(string projectId, long seq, string keyId)
    {
        await using var connection = await database.Superuser.OpenConnectionAsync();
        (await connection.ExecuteAsync(
            "insert into public.awooop_audit_head (project_id, generation, partition, seq, chain_no, hash, signed_at, key_id, signature) "
            + $"select project_id, generation, partition, {seq}, chain_no, hash, signed_at, {keyId}, signature from public.awooop_audit_head where project_id = $1 and partition = 8",
            projectId)).ShouldBe(1);
    }

    private List<string> Heads() =>
        [.. File.ReadLines(FilePath).Select(static line => JsonSerializer.Deserialize<JsonElement>(line)).Select(static head => $"{Text(head, "position")} {Text(head, "hash")}")];

    private async Task<List<string>> SignedAsync(string projectId) => await database.Superuser.QueryAsync(
        $"select generation || '.' || partition || '.' || seq || ' ' || encode(hash, 'hex') from awooop_audit_head where project_id = '{projectId}' order by signed_at",
        static reader => reader.GetString(0));

    private static string? Text(JsonElement head, string name) => head.GetProperty(name).GetString();
}
