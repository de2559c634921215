using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>What a silo has exported by itself is what <c>audit verify --heads</c> reads, for every project that it is asked of.</summary>
public sealed class HeadsFileTests(HeadsFileSystem shared) : IClassFixture<HeadsFileSystem>
{
    [Fact]
    public async Task Verify_AgainstTheFileOfASilo_IsWholeForEachProjectAndScope()
    {
        var admin = await shared.AdminCommandAsync();
        var playbook = await shared.DraftAsync("Exported", "Exported");
        await Readiness.UntilAsync(
            async _ => (await SharedSystem.ItemsAsync(shared.Viewer, $"audit/acts?object_id={playbook}&act=playbook.created")).Count == 1,
            "The act is not on record",
            CancellationToken.None);

        // A silo signs what was never signed as soon as it starts.
        await shared.System.Silos[0].StopAsync();
        await shared.System.StartSiloAsync();
        await Readiness.UntilAsync(
            _ => Task.FromResult(Names("awoooi") && Names("operators")), "The heads are not exported", CancellationToken.None);

        foreach (var more in (string[][])[[], ["--project", "awoooi"], ["--scope", "operators"]])
        {
            string[] typed = ["audit", "verify", "--heads", shared.HeadsFile, .. more];
            var output = (await admin.RunAsync(typed)).ShouldEnd(Exit.Done).Output;
            output.ShouldStartWith("The audit trail is whole.");
            output.ShouldNotContain("exported heads: 0");
            output.ShouldContain("lines of other projects that were passed over: ");
        }
    }

    private bool Names(string project)
    {
        try
        {
            return File.ReadAllText(shared.HeadsFile).Contains($"\"project_id\":\"{project}\"", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // The silo is writing.
            return false;
        }
    }
}

/// <summary>A system whose silo keeps its heads in a file.</summary>
public sealed class HeadsFileSystem : SharedSystem
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-heads-");

    internal string HeadsFile => Path.Combine(_folder.FullName, "heads.jsonl");

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Integrations__Audit__HeadsFile"] = HeadsFile };

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
