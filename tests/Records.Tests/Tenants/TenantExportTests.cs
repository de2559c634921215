using System.Security.Cryptography;
using System.Text.Json;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Tenants;

namespace AwoooP.Records.Tests.Tenants;

/// <summary>An export holds all of one tenant and nothing of another, is there whole or not at all, and shows when it was changed.</summary>
public sealed class TenantExportTests : IAsyncLifetime
{
    private readonly RecordsDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-export-");
    private ThreeTenants _tenants = null!;

    private string Target => Path.Combine(_folder.FullName, "export");

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _tenants = await ThreeTenants.TellAsync(_database);
    }

    public async Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Export_OfATenant_HasEveryRowOfItAndNoOther()
    {
        var (manifest, sha256) = await WriteAsync();

        manifest.Files.ToDictionary(static file => file.Table, static file => file.Rows).ShouldBe(await _tenants.CountAsync(ThreeTenants.Gone), ignoreOrder: true);
        foreach (var file in manifest.Files)
        {
            foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Target, file.File)))
            {
                using var row = JsonDocument.Parse(line);
                row.RootElement.GetProperty("project_id").GetString().ShouldBe(ThreeTenants.Gone);
            }
        }

        sha256.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Target, ExportManifest.FileName)))));
        manifest.Positions.ShouldHaveSingleItem().Partition.ShouldBe((short)7);
        manifest.Schema.Select(static migration => migration.Number).ShouldContain(170);
        var (read, readSha256, faults) = await ExportCheck.ReadAsync(Target, CancellationToken.None);
        faults.ShouldBeEmpty();
        readSha256.ShouldBe(sha256);
        read.ProjectId.ShouldBe(ThreeTenants.Gone);
        File.GetUnixFileMode(Path.Combine(Target, "journal.event.jsonl")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>The digests of the audit trail are of the bytes that the log holds: with them an export can be checked against heads that were kept.</summary>
    [Fact]
    public async Task Export_OfTheLog_HasItsDataByteForByte()
    {
        await WriteAsync();

        var digests = await _database.Superuser.QueryAsync(
            "select encode(data_sha256, 'hex') from public.awooop_audit_event where project_id = $1", static reader => reader.GetString(0), ThreeTenants.Gone);
        var exported = (await File.ReadAllLinesAsync(Path.Combine(Target, "journal.event.jsonl"))).Select(static line =>
        {
            using var row = JsonDocument.Parse(line);
            return Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(row.RootElement.GetProperty("data").GetRawText())));
        }).ToHashSet();

        digests.Count.ShouldBeGreaterThan(30);
        digests.ShouldAllBe(digest => exported.Contains(digest));
    }

    [Theory]
    [InlineData("changed", "its content was changed")]
    [InlineData("shortened", "bytes and not")]
    [InlineData("removed", "it is not there")]
    [InlineData("added", "the manifest does not name it")]
    public async Task Check_OfAnExportThatWasTouched_SaysWhere(string how, string expected)
    {
        await WriteAsync();
        var file = Path.Combine(Target, "public.incidents.jsonl");
        var bytes = await File.ReadAllBytesAsync(file);
        switch (how)
        {
            case "changed":
                bytes[^3] ^= 1;
                await File.WriteAllBytesAsync(file, bytes);
                break;
            case "shortened":
                await File.WriteAllBytesAsync(file, bytes[..^1]);
                break;
            case "removed":
                File.Delete(file);
                break;
            default:
                await File.WriteAllTextAsync(Path.Combine(Target, "more.jsonl"), "{}\n");
                break;
        }

        (await ExportCheck.ReadAsync(Target, CancellationToken.None)).Faults.ShouldHaveSingleItem().ShouldContain(expected);
    }

    [Fact]
    public async Task Export_IntoAFolderThatHoldsSomething_IsRefusedAndLeavesIt()
    {
        Directory.CreateDirectory(Target);
        await File.WriteAllTextAsync(Path.Combine(Target, "mine.txt"), "mine");

        (await Should.ThrowAsync<TenantException>(() => WriteAsync())).Fault.ShouldBe(TenantFault.Refused);

        Directory.GetFileSystemEntries(Target).ShouldBe([Path.Combine(Target, "mine.txt")]);
    }

    [Fact]
    public async Task Export_IntoAnEmptyFolder_TakesItsPlace()
    {
        Directory.CreateDirectory(Target);

        await WriteAsync();

        (await ExportCheck.ReadAsync(Target, CancellationToken.None)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_ThatIsInterruptedOrOfNobody_LeavesNothing()
    {
        using var cut = new CancellationTokenSource();
        await cut.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => new TenantExport(_database.Owner).WriteAsync(ThreeTenants.Gone, Target, cut.Token));
        (await Should.ThrowAsync<TenantException>(() => new TenantExport(_database.Owner).WriteAsync("nobody", Target, CancellationToken.None))).Fault.ShouldBe(TenantFault.NotFound);

        _folder.GetFileSystemInfos().ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_BesideOneThatWasKilled_SaysWhatToRemove()
    {
        Directory.CreateDirectory(Target + ".unfinished");

        (await Should.ThrowAsync<TenantException>(() => WriteAsync())).Message.ShouldContain(".unfinished");
    }

    /// <summary>A table that is swapped in while the export reads has none of the rows that its snapshot sees.</summary>
    [Fact]
    public async Task Export_WhileAnotherChangesTheTables_IsRefusedAndLeavesNothing()
    {
        await using (var removal = await TenantRemoval.OpenAsync(_database.Owner, ThreeTenants.First, TimeProvider.System, CancellationToken.None))
            (await Should.ThrowAsync<GuardRefusedException>(() => WriteAsync())).Message.ShouldContain($"tenant remove {ThreeTenants.First}");

        _folder.GetFileSystemInfos().ShouldBeEmpty();
        (await WriteAsync()).Manifest.ProjectId.ShouldBe(ThreeTenants.Gone);
    }

    [Fact]
    public async Task Export_OnceRowsAreBeingDeleted_IsRefused()
    {
        await ExecuteAsync($"insert into journal.removed_project (id, deleting_since) values ('{ThreeTenants.Gone}', now())");

        (await Should.ThrowAsync<TenantException>(() => WriteAsync())).Fault.ShouldBe(TenantFault.Refused);
    }

    [Theory]
    [InlineData("replay_records_incidents")]
    [InlineData("records_cut_next")]
    public async Task Export_WithCopiesThatWereLeftByOneThatWasKilled_PassesThem(string schema)
    {
        await ExecuteAsync(
            $"""
            create schema {schema} authorization awooop_owner;
            set role awooop_owner;
            create table {schema}.incidents (like public.incidents including all);
            select public.protect_tenant_table('{schema}.incidents', 'select');
            reset role
            """);

        var (manifest, _) = await WriteAsync();

        manifest.Files.Select(static file => file.Table).ShouldNotContain($"{schema}.incidents");
        manifest.Files.Select(static file => file.Table).ShouldContain("public.incidents");
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _database.Superuser.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Task<(ExportManifest Manifest, string Sha256)> WriteAsync() => new TenantExport(_database.Owner).WriteAsync(ThreeTenants.Gone, Target, CancellationToken.None);
}
