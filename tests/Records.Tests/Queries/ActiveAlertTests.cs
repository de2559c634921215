using AwoooP.Alerts;
using Microsoft.Extensions.DependencyInjection;

namespace AwoooP.Records.Tests.Queries;

public sealed class ActiveAlertTests(RecordsDatabase database) : IClassFixture<RecordsDatabase>, IAsyncLifetime
{
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _services = new ServiceCollection().AddRecords(_ => database.App).BuildServiceProvider();
        var now = (await database.Owner.QueryAsync("select now()", reader => reader.GetFieldValue<DateTimeOffset>(0)))[0];
        var log = new EventLog("live");
        AlertMember Member(string id, string pod, TimeSpan lasts) => Story.Member(id, log) with
        {
            EndsAt = now + lasts,
            Labels = new Dictionary<string, string> { ["alertname"] = "CheckoutDown", ["pod"] = pod },
        };
        log.Append("alert", Story.Fingerprint, "platform", new AlertMembersSeen(
            Story.Identity,
            Story.Classification,
            [Member("m1", "web-1", TimeSpan.FromHours(1)), Member("m2", "web-2", TimeSpan.FromHours(1)), Member("m3", "db-1", TimeSpan.FromHours(1)), Member("m4", "web-4", TimeSpan.FromHours(-1)), Member("m5", "web-5", TimeSpan.FromHours(1))],
            5));
        log.Append("alert", Story.Fingerprint, "platform", new AlertMembersEnded([new EndedMember("m5", now)]));
        if ((await Queries.ListActiveAsync("live", CancellationToken.None)).Count == 0)
            await Projector.ApplyAsync(database.App, log.Events);
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    private AlertMemberQueries Queries => _services.GetRequiredService<AlertMemberQueries>();

    public static TheoryData<string, string, bool, bool, string> Matchers => new()
    {
        { "pod", "web-1", false, true, "m1" },
        { "pod", "web-1", false, false, "m2,m3" },
        { "pod", "web-.*", true, true, "m1,m2" },
        { "pod", "web-.*", true, false, "m3" },
        { "alertname", "CheckoutDown", false, true, "m1,m2,m3" },
        { "alertname", "Other", false, true, "" },
        { "absent", "", false, true, "m1,m2,m3" },
        { "absent", "", false, false, "" },
    };

    [Theory]
    [MemberData(nameof(Matchers))]
    public async Task ListActive_ByMatcher_GivesFiringMembersThatFit(string name, string value, bool isRegex, bool isEqual, string members)
    {
        var rows = await Queries.ListActiveAsync("live", [new LabelMatcher(name, value, isRegex, isEqual)], CancellationToken.None);

        rows.Select(row => row.MemberId).ShouldBe(members.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ListActive_WithoutMatchers_LeavesOutWhatHasEnded() =>
        (await Queries.ListActiveAsync("live", CancellationToken.None)).Select(row => row.MemberId).ShouldBe(["m1", "m2", "m3"]);
}
