using AwoooP.Alerts;
using AwoooP.Approvals;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Projects;

namespace AwoooP.Grains.Tests.Notifications;

/// <summary>What the flag <c>mute_notifications</c> does, from the alert to the channel.</summary>
public sealed class MutedNotificationTests
{
    private readonly RecordingChannel _channel = new();

    [Fact]
    public async Task Muted_WhileARepairIsProposedAndSigned_NobodyIsToldAndAllElseGoesOn()
    {
        await using var platform = new DomainPlatform(channel: _channel);
        await MakeAsync(platform, muted: true);
        await platform.ActivatePlaybookAsync(Definition);

        var incident = await FireAsync(platform, "WebDown");
        await SignAsync(platform, incident);
        await platform.WorkAsync();

        platform.EventTypes.ShouldContain("incident.opened");
        platform.EventTypes.ShouldContain("run.completed");
        platform.EventTypes.ShouldNotContain("notification.queued");
        _channel.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task Unmuted_FromThenOn_PeopleAreToldOfWhatIsNewAndNotOfWhatWas()
    {
        await using var platform = new DomainPlatform(channel: _channel);
        await MakeAsync(platform, muted: true);
        await FireAsync(platform, "WebDown");
        await ConfigureAsync(platform, muted: false);
        await platform.WorkAsync();
        _channel.Messages.ShouldBeEmpty();

        var later = await FireAsync(platform, "DiskFull");

        _channel.Titles.ShouldContain(static title => title.Contains("DiskFull", StringComparison.Ordinal));
        _channel.Messages.ShouldAllBe(message => message.IncidentId == later.IncidentId);
    }

    [Fact]
    public async Task Muted_BetweenAMessageAndItsVote_TheVoteIsStillNotedOnTheMessage()
    {
        await using var platform = new DomainPlatform(channel: _channel);
        await MakeAsync(platform, muted: false);
        await platform.ActivatePlaybookAsync(Definition);
        var incident = await FireAsync(platform, "WebDown");
        var told = _channel.Messages.Count;
        _channel.Titles.ShouldContain(static title => title.StartsWith("Approval needed", StringComparison.Ordinal));

        await ConfigureAsync(platform, muted: true);
        await SignAsync(platform, incident);
        await platform.WorkAsync();

        _channel.Messages.Count.ShouldBe(told, "the end of the repair is told to nobody");
        platform.EventTypes.ShouldContain("notification.acted_on");
    }

    private static PlaybookDefinition Definition => new()
    {
        Name = "Restart the web shop",
        Match = new PlaybookMatch { AlertNames = ["WebDown"] },
        ActionPattern = "restart:{{service}}",
        Steps = [new CommandStep { Name = "restart", Program = "restart", Arguments = ["{{service}}"] }, new VerifyStep { Name = "verify", PromQl = "up == 1" }],
    };

    private static IProjectGrain Project(DomainPlatform platform) => platform.Grains.GetGrain<IProjectGrain>($"{DomainPlatform.Project}/{IProjectGrain.Key}");

    private static ProjectConfiguration Configuration(bool muted) => new() { Name = "Shop", FeatureFlags = new ProjectFeatureFlags { MuteNotifications = muted } };

    private static Task MakeAsync(DomainPlatform platform, bool muted) =>
        platform.AcceptedAsync(Project(platform).CreateAsync, new CreateProject(Configuration(muted)));

    private static Task ConfigureAsync(DomainPlatform platform, bool muted) =>
        platform.AcceptedAsync(Project(platform).ConfigureAsync, new ConfigureProject(Configuration(muted)));

    /// <summary>An alert fires, and everything that comes of it by itself has happened.</summary>
    private static async Task<IncidentView> FireAsync(DomainPlatform platform, string alertName)
    {
        var labels = new Dictionary<string, string> { ["alertname"] = alertName, ["namespace"] = "prod", ["service"] = "web" };
        await platform.IntakeAsync(new AlertBatch(
            AlertBatch.AlertmanagerApi,
            [new SentAlert(AlertMemberId.Of(labels), labels, new Dictionary<string, string>(), platform.Now, platform.Now.AddMinutes(5), null)]));
        await platform.WorkAsync();
        var alert = await platform.AsAsync("test", platform.Grains.GetGrain<IAlertGrain>($"{DomainPlatform.Project}/{AlertIdentity.From(labels).Fingerprint}").GetAsync);
        var incident = await platform.AsAsync("test", platform.Grains.GetGrain<IIncidentGrain>($"{DomainPlatform.Project}/{alert!.IncidentId}").GetAsync);
        return incident.ShouldNotBeNull();
    }

    private static Task SignAsync(DomainPlatform platform, IncidentView incident)
    {
        var approval = platform.Grains.GetGrain<IApprovalGrain>($"{DomainPlatform.Project}/{incident.Plan!.ApprovalId}");
        return platform.AcceptedAsync(approval.VoteAsync, new CastVote("ann", true, VoteChoice.Approve, "api_key", null));
    }
}
