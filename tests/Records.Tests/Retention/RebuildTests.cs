using AwoooP.Journal.Delivery.Replay;
using AwoooP.Records.Tests.Cuts;

namespace AwoooP.Records.Tests.Retention;

/// <summary>What retention has removed stays away: from rebuilds, from the copies at a cut, and from rebuilds that begin with them.</summary>
public sealed class RebuildTests : IAsyncLifetime
{
    private readonly RecordsDatabase _database = new();
    private CutStory _story = null!;

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        _story = await CutStory.TellAsync(_database);
        // As if the terms were as short as the story is young.
        await _story.ExecuteAsync("update retention.term set least_days = 1");
        await _story.SignAsync();
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Rebuild_AfterRowsWereRemoved_LeavesThemOut()
    {
        var removed = await RemoveAsync();
        var rows = await _story.RowsAsync();

        (await _story.Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
        await _story.Replay().ReplayAsync([], CancellationToken.None).ToListAsync();

        removed.ShouldBeGreaterThan(10);
        (await _story.RowsAsync()).ShouldBe(rows);
    }

    [Fact]
    public async Task Rebuild_ThatDoesNotKnowOfRetention_WouldBringThemBack()
    {
        await RemoveAsync();
        var replay = new ProjectionReplay(_database.Owner, RecordProjections.All, RecordProjections.Known, Microsoft.Extensions.Logging.Abstractions.NullLogger<ProjectionReplay>.Instance);

        var differences = await replay.VerifyAsync(["records.timeline"], CancellationToken.None);

        differences.Single(static table => table.Table == "public.timeline_events").OnlyRebuilt.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Rebuild_PastACutThatCameAfterTheRemoval_LeavesThemOut()
    {
        await RemoveAsync();
        var rows = await _story.RowsAsync();
        await _story.CutAsync(5);

        await _story.Replay().ReplayAsync([], CancellationToken.None).ToListAsync();

        (await _story.RowsAsync()).ShouldBe(rows);
        (await _story.CountAsync("select count(*) from records_cut.timeline_events where project_id = $1 and created_at < '2024-03-30'", CutStory.Project)).ShouldBe(0);
    }

    [Fact]
    public async Task Rebuild_PastACutThatCameBeforeTheRemoval_LeavesThemOutAndTheCopiesHaveLostThem()
    {
        await _story.CutAsync(5);
        var kept = await _story.CountAsync("select count(*) from records_cut.timeline_events");
        await RemoveAsync();
        var rows = await _story.RowsAsync();

        (await _story.CountAsync("select count(*) from records_cut.timeline_events")).ShouldBeLessThan(kept);
        (await _story.Replay().VerifyAsync([], CancellationToken.None)).ShouldAllBe(table => table.IsEqual);
        (await _story.Replay().ReplayAsync([], CancellationToken.None).ToListAsync()).ShouldAllBe(projection => projection.Held == 0);
        (await _story.RowsAsync()).ShouldBe(rows);
    }

    /// <summary>All that has ended is past a cut of two days ago.</summary>
    /// <returns>How many rows went.</returns>
    private async Task<long> RemoveAsync()
    {
        var removal = new RowRemoval(_database.App);
        var cut = TimeProvider.System.GetUtcNow().AddDays(-2);
        var removed = 0L;
        foreach (var project in (string[])[CutStory.Project, CutStory.Other])
        {
            foreach (var term in await removal.FindTermsAsync(CancellationToken.None))
                removed += (await removal.RemoveAsync(project, term.Table, cut, CancellationToken.None)).Total;
        }

        return removed;
    }
}
