using AwoooP.Journal;
using AwoooP.Journal.Tenants;
using AwoooP.Projects;

namespace AwoooP.Records.Tests.Tenants;

/// <summary>An export that a removal names must have everything that the project has: what came after it stands in the way, and is named.</summary>
public sealed class ExportAgeTests : IAsyncLifetime
{
    private readonly RecordsDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("awooop-export-");
    private ExportManifest _export = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        await ThreeTenants.TellAsync(_database);
        (_export, _) = await new TenantExport(_database.Owner).WriteAsync(ThreeTenants.Gone, Path.Combine(_folder.FullName, "export"), CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _database.DisposeAsync();
    }

    /// <summary>What the others write is none of it, and neither is what the removal writes itself, which was perhaps given up before.</summary>
    [Fact]
    public async Task Find_WithNothingNewButTheRemovalItself_FindsNothing()
    {
        await AppendAsync(ThreeTenants.Gone, 9_001, new ProjectRemovalBegun("it moves", "ann"));
        await AppendAsync(ThreeTenants.Gone, 9_002, new ProjectRemovalAbandoned("not yet", "ann"));
        await AppendAsync(ThreeTenants.Gone, 9_003, new ProjectRemovalBegun("it moves", "ann"));
        await AppendAsync(ThreeTenants.First, 9_004, new ProjectSuspended("a while", "ann"));

        (await FindAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Find_WithAnEventAfterTheExport_NamesBothEnds()
    {
        await AppendAsync(ThreeTenants.Gone, 9_001, new ProjectResumed(null, "ann"));
        await AppendAsync(ThreeTenants.Gone, 9_002, new ProjectRemovalBegun("it moves", "ann"));

        (await FindAsync()).ShouldHaveSingleItem().ShouldContain($"it ends at 1.7.{_export.Positions.Single().Seq}, the log at 1.7.9001. Export it again.");
    }

    [Fact]
    public async Task Find_WithAnEventWhereTheExportHasNone_SaysSo()
    {
        await AppendAsync(ThreeTenants.Gone, 1, new ProjectResumed(null, "ann"), partition: 9);

        (await FindAsync()).ShouldHaveSingleItem().ShouldContain("it ends at nowhere, the log at 1.9.1.");
    }

    private async Task<IReadOnlyList<string>> FindAsync()
    {
        await using var removal = await TenantRemoval.OpenAsync(_database.Owner, ThreeTenants.Gone, TimeProvider.System, CancellationToken.None);
        return await RemovalObstacles.FindAsync(removal.Owner, ThreeTenants.Gone, _export, CancellationToken.None);
    }

    /// <param name="seq">In the partition, and for the aggregate's version as well.</param>
    private Task AppendAsync(string projectId, long seq, ProjectEvent data, short partition = 7)
    {
        var recorded = new EventLog(projectId).Append("project", "project", "ann", data).Events[0];
        return LogRows.AppendAsync(_database.Superuser, [recorded with { Position = new Position(1, partition, seq), Version = seq }]);
    }
}
