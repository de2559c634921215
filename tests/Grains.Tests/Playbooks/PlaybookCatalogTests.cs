using AwoooP.Events;
using AwoooP.Journal;
using AwoooP.Playbooks;

namespace AwoooP.Grains.Tests.Playbooks;

public sealed class PlaybookCatalogTests
{
    private static readonly Dictionary<string, string> Labels = new() { ["service"] = "web", ["env"] = "prod" };

    /// <summary>Similarity is 0.8 for the name alone, 0.9 with one label, 14/15 with two.</summary>
    [Fact]
    public void Find_OfSeveralThatMatch_OrdersByTrustTimesSimilarityThenById()
    {
        var catalog = Follow(
            PlaybookCatalog.Initial,
            Entry("PB-D", 0.50),
            Entry("PB-C", 0.45, ("service", "web")),
            Entry("PB-B", 0.50),
            Entry("PB-A", 0.42, ("service", "web"), ("env", "prod")),
            Entry("PB-E", 0.90, ("service", "shop")),
            Entry("PB-F", 0.30));

        var found = PlaybookCatalogDecider.Find(catalog, "WebDown", Labels);

        // 0.405, 0.400, 0.400, 0.392, 0.240
        found.Select(candidate => candidate.PlaybookId).ShouldBe(["PB-C", "PB-B", "PB-D", "PB-A", "PB-F"]);
        found.Select(candidate => Math.Round(candidate.Similarity, 4)).ShouldBe([0.9, 0.8, 0.8, 0.9333, 0.8]);
    }

    [Theory]
    [InlineData("webdown")]
    [InlineData("WebDown2")]
    public void Find_ByAnotherName_FindsNothing(string alertName) =>
        PlaybookCatalogDecider.Find(Follow(PlaybookCatalog.Initial, Entry("PB-A", 0.5)), alertName, Labels).ShouldBeEmpty();

    [Fact]
    public void Follow_WhenTrustMoves_ReordersAndKeepsTheRest()
    {
        var catalog = Follow(PlaybookCatalog.Initial, Entry("PB-A", 0.5), Entry("PB-B", 0.4));

        catalog = Follow(catalog, new PlaybookNews(0, "PB-B", null, 0.6), new PlaybookNews(0, "PB-Z", null, 0.9));

        PlaybookCatalogDecider.Find(catalog, "WebDown", Labels).Select(candidate => (candidate.PlaybookId, candidate.TrustScore)).ShouldBe([("PB-B", 0.6), ("PB-A", 0.5)]);
    }

    [Fact]
    public void Follow_WhenFull_MatchesWhatFitsAndStaysWithinTheSnapshot()
    {
        var catalog = PlaybookCatalog.Initial;
        var passedOver = 0;
        for (var i = 0; i < 20; i++)
        {
            catalog = Follow(catalog, out var more, Large($"PB-{i:00}"));
            passedOver += more;
        }

        passedOver.ShouldBeGreaterThan(0);
        catalog.Entries.Count.ShouldBe(20 - passedOver);
        SizeOf(catalog).ShouldBeInRange(PlaybookLimits.MaxCatalogBytes / 2, JournalLimits.MaxStateBytes);
    }

    [Fact]
    public void Follow_WhenFull_AndOneIsArchivedInTheSameBatch_TakesTheNextOne()
    {
        var catalog = Full(out var last);

        catalog = Follow(catalog, out var passedOver, new PlaybookNews(0, last, null, null), Large("PB-99"));

        passedOver.ShouldBe(0);
        catalog.Entries.ShouldContainKey("PB-99");
        catalog.Entries.ShouldNotContainKey(last);
    }

    [Fact]
    public void Follow_WhenOneGrowsBeyondTheRoom_NoLongerMatchesItAsItWas()
    {
        var catalog = Follow(Full(out _), Entry("PB-S", 0.5));
        catalog.Entries.ShouldContainKey("PB-S");

        catalog = Follow(catalog, out var passedOver, Large("PB-S"));

        passedOver.ShouldBe(1);
        catalog.Entries.ShouldNotContainKey("PB-S");
    }

    [Fact]
    public void Follow_WhenManyGrowInOneBatch_StaysWithinTheSnapshot()
    {
        var catalog = Follow(PlaybookCatalog.Initial, [.. Enumerable.Range(0, 12).Select(i => Entry($"PB-{i:00}", 0.5))]);

        catalog = Follow(catalog, out var passedOver, [.. Enumerable.Range(0, 12).Select(i => Large($"PB-{i:00}"))]);

        passedOver.ShouldBeGreaterThan(0);
        SizeOf(catalog).ShouldBeLessThan(JournalLimits.MaxStateBytes);
    }

    [Fact]
    public void Follow_OfNewsThatComesAgain_ChangesNothing()
    {
        var command = new FollowPlaybooks(3, [Entry("PB-A", 0.5) with { Seq = 7 }]);
        var catalog = PlaybookCatalogDecider.Follow(PlaybookCatalog.Initial, command, out _).Events.Aggregate(PlaybookCatalog.Initial, (state, followed) => state.Apply(followed, default));

        PlaybookCatalogDecider.Follow(catalog, command, out _).Events.ShouldBeEmpty();
    }

    private static PlaybookCatalog Full(out string last)
    {
        var catalog = PlaybookCatalog.Initial;
        for (var i = 0; ; i++)
        {
            catalog = Follow(catalog, out var passedOver, Large($"PB-{i:00}"));
            if (passedOver > 0)
            {
                last = $"PB-{i - 1:00}";
                return catalog;
            }
        }
    }

    private static PlaybookCatalog Follow(PlaybookCatalog catalog, params PlaybookNews[] news) => Follow(catalog, out _, news);

    private static PlaybookCatalog Follow(PlaybookCatalog catalog, out int passedOver, params PlaybookNews[] news)
    {
        var seq = catalog.Seqs.GetValueOrDefault<short, long>(3);
        var command = new FollowPlaybooks(3, [.. news.Select(item => item with { Seq = ++seq })]);
        return PlaybookCatalogDecider.Follow(catalog, command, out passedOver).Events.Aggregate(catalog, (state, followed) => state.Apply(followed, default));
    }

    private static PlaybookNews Entry(string id, double trust, params (string Name, string Value)[] labels) => new(
        0,
        id,
        new PlaybookEntry(id, 1, new PlaybookMatch { AlertNames = ["WebDown"], Labels = labels.ToDictionary(label => label.Name, label => label.Value) }, trust),
        null);

    /// <summary>As large as a match may be: a control character takes six bytes in JSON.</summary>
    private static PlaybookNews Large(string id) => new(
        0,
        id,
        new PlaybookEntry(
            id,
            1,
            new PlaybookMatch { AlertNames = [.. Enumerable.Range(0, PlaybookLimits.MaxAlertNames).Select(_ => new string('\u0001', PlaybookLimits.MaxAlertName))] },
            0.5),
        null);

    private static int SizeOf(PlaybookCatalog catalog) => JsonBytes.Serialize(catalog, PlaybookCatalog.Json).Length;
}
