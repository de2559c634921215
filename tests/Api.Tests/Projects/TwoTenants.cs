using System.Globalization;
using AwoooP.Alerts;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Approvals;
using AwoooP.Brakes;
using AwoooP.Client.Auth;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Incidents;
using AwoooP.Journal;
using AwoooP.Journal.Delivery.Replay;
using AwoooP.Journal.Migrations;
using AwoooP.Notifications;
using AwoooP.Operators;
using AwoooP.Playbooks;
using AwoooP.Projects;
using AwoooP.Records;
using AwoooP.Runs;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AwoooP.Api.Tests.Projects;

/// <summary>
/// The real front, grains, journal and record tables with two tenants that have incidents, playbooks, runs, approvals, notifications, alerts, contracts and
/// holds of the very same ids, and some that only one of them has, besides budgets, terms and keys. Every text of a tenant holds its own mark.
/// </summary>
public sealed partial class TwoTenants : PostgresFixture, IAsyncLifetime
{
    public const string Mine = "left";
    public const string Theirs = "right";

    private static readonly DateTimeOffset At = new(2026, 1, 15, 8, 0, 0, TimeSpan.Zero);

    private RealGrains _grains = null!;

    public FrontHost Host { get; } = new();

    public ApiKey MyKey { get; private set; } = null!;

    public ApiKey TheirKey { get; private set; } = null!;

    /// <summary>Of acts in the audit trail, by tenant.</summary>
    public Dictionary<string, IReadOnlyList<string>> Positions { get; } = [];

    protected override IReadOnlyList<MigrationSource> Sources => [MigrationSource.Journal, RecordsMigrations.Source];

    /// <summary>In every text of the tenant.</summary>
    public static string MarkOf(string project) => $"zzmark{project}";

    /// <summary>0 is the same in both, and 1 is of one alone.</summary>
    public static string IncidentOf(string project, int number) => $"INC-20260115-{Tail(project, number)}";

    public static string PlaybookOf(string project, int number) => $"PB-20260115-{Tail(project, number)}";

    public static Guid RunOf(string project, int number) => Guid.Parse($"01990000-0000-7000-8000-00000000{(number == 0 ? "0000" : project == Mine ? "1111" : "2222")}");

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        _grains = await RealGrains.StartAsync(Endpoints, services => services.AddRecords(_ => App).AddSingleton<IContractKeys>(new OneKey()));
        foreach (var project in (string[])[Mine, Theirs])
        {
            await FillAsync(project);
            await GovernAsync(project);
        }

        // A rebuild goes as far as the tables have got.
        await using (var reach = Superuser.CreateCommand(
            """
            insert into journal.cursor (consumer, partition, generation, seq)
            select consumer, partition, generation, max(seq) from journal.event, unnest($1) consumer group by consumer, partition, generation
            """))
        {
            reach.Parameters.Add(new() { Value = RecordProjections.All.Select(static projection => projection.Name).ToArray() });
            await reach.ExecuteNonQueryAsync();
        }

        await new ProjectionReplay(Owner, RecordProjections.All, RecordProjections.Known, NullLogger<ProjectionReplay>.Instance).ReplayAsync([], CancellationToken.None).ToListAsync();
        foreach (var project in (string[])[Mine, Theirs])
            Positions[project] = await PositionsOfAsync(project);
        short[] partitions = [.. Positions.Values.SelectMany(static positions => positions).Select(static position => short.Parse(position.Split('.')[1], CultureInfo.InvariantCulture)).Distinct()];
        (await new AuditHeadSigner(Engine, App, new StubSigner(), Host.Journal).SignAsync(PartitionMap.Generation, partitions, TimeSpan.FromHours(1), CancellationToken.None))
            .Signed.ShouldBeGreaterThanOrEqualTo(4);

        Host.Cluster.Behind = _grains.Client;
        Host.Records = Endpoints.App;
        // Calls come as fast as they are answered, all with one key and from one address.
        foreach (var limit in (string[])["RequestsPerSecond", "RequestBurst", "SourceRequestsPerSecond", "SourceRequestBurst", "FailedSignInsPerMinute"])
            Host.Settings[$"Front:{limit}"] = "1000000";
        await Host.InitializeAsync();
        MyKey = Host.Cluster.Issue("me", OperatorRole.Admin, Mine);
        TheirKey = Host.Cluster.Issue("they", OperatorRole.Admin, Theirs);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await Host.DisposeAsync();
        await _grains.DisposeAsync();
        await DisposeAsync();
    }

    /// <summary>How many events the log has of a tenant, with those of its keys, which no tenant has.</summary>
    public async Task<long> EventsOfAsync(string project)
    {
        await using var command = Superuser.CreateCommand("select count(*) from journal.event where project_id = $1 or grain_key = any ($2)");
        command.Parameters.Add(new() { Value = project });
        command.Parameters.Add(new() { Value = new[] { $"{IOperatorKeyGrain.Project}/{KeyOf(project, 0)}", $"{IOperatorKeyGrain.Project}/{KeyOf(project, 1)}" } });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<List<string>> PositionsOfAsync(string project)
    {
        await using var command = Superuser.CreateCommand(
            "select generation::int, partition, seq from public.awooop_audit_event where project_id = $1 order by partition, seq");
        command.Parameters.Add(new() { Value = project });
        await using var rows = await command.ExecuteReaderAsync();
        var positions = new List<string>();
        while (await rows.ReadAsync())
            positions.Add(new Position(rows.GetInt32(0), rows.GetInt16(1), rows.GetInt64(2)).ToString());
        positions.ShouldNotBeEmpty(project);
        return positions;
    }

    private static string Tail(string project, int number) => number == 0 ? "AAAAAA" : project == Mine ? "MMMMMM" : "TTTTTT";

    private async Task FillAsync(string project)
    {
        var mark = MarkOf(project);
        await SendAsync(IProjectCatalogGrain.Project, () => _grains.Get<IProjectCatalogGrain>($"{IProjectCatalogGrain.Project}/{IProjectCatalogGrain.Key}")
            .RegisterAsync(new RegisterProject(project), CancellationToken.None));
        await SendAsync(project, () => Get<IProjectGrain>(IProjectGrain.Key).CreateAsync(new CreateProject(new ProjectConfiguration { Name = mark }), CancellationToken.None));
        await SendAsync(project, () => Get<IBrakeGrain>(IBrakeGrain.Key).PauseAsync(new Pause(PlaybookOf(project, 1), mark), CancellationToken.None));
        for (var number = 0; number < 2; number++)
        {
            var (incident, playbook, run) = (IncidentOf(project, number), PlaybookOf(project, number), RunOf(project, number));
            var labels = new Dictionary<string, string> { ["alertname"] = $"Down{number}", ["owner"] = mark, ["deployment"] = mark };
            var identity = AlertIdentity.From(labels);
            var classification = new AlertClassification(Severity.P1, "application", NotificationTypes.NeedsApproval);
            var member = new AlertMember(
                AlertMemberId.Of(labels), labels, new Dictionary<string, string> { ["summary"] = mark }, At, At.AddYears(50), At, null, AlertBatch.AlertmanagerApi);
            var plan = RepairPlans.For(run) with { PlaybookId = playbook, PlaybookName = mark, IncidentId = incident, Fingerprint = identity.Fingerprint, Target = mark };

            await SendAsync(project, () => Get<IPlaybookGrain>(playbook).CreateAsync(new CreatePlaybook(Definition(mark), PlaybookSource.Human), CancellationToken.None));
            await SendAsync(project, () => Get<IAlertGrain>(identity.Fingerprint).ReceiveAsync(
                new ReceiveAlerts(identity, classification, 0, [new ReceivedMember(1L << 20, member)]), CancellationToken.None));
            await SendAsync(project, () => Get<IIncidentGrain>(incident).OpenAsync(
                new OpenIncident(identity, classification, member, 1, new AlertFrequency(1, 1, 1, 1, null)), CancellationToken.None));
            await SendAsync(project, () => Get<IRunGrain>(run.ToString()).CreateAsync(new CreateRun(plan, NeedsApproval: true, IsShadow: false, "repair", null), CancellationToken.None));
            await SendAsync(project, () => Get<IApprovalGrain>(run.ToString()).RequestAsync(new RequestApproval(plan, mark, "platform", 1), CancellationToken.None));
            await SendAsync(project, () => Get<INotificationGrain>(run.ToString()).QueueAsync(
                new QueueNotification(run, NotificationChannel.Webhook, NotificationTypes.NeedsApproval, "room", mark, mark, incident, run), CancellationToken.None));
        }

        TGrain Get<TGrain>(string localKey) where TGrain : IGrainWithStringKey => _grains.Get<TGrain>($"{project}/{localKey}");
    }

    private static async Task SendAsync(string project, Func<Task<CommandResult>> send, string? actor = null)
    {
        CallContext.Current = new CallContext { ProjectId = project, Actor = actor ?? MarkOf(project) };
        (await send()).Refusal.ShouldBeNull();
    }

    private static PlaybookDefinition Definition(string mark) => new()
    {
        Name = mark,
        Description = mark,
        Match = new PlaybookMatch { AlertNames = ["Down0"] },
        ActionPattern = "call",
        Steps = [new WaitStep { Name = "w", Seconds = 1 }],
    };
}
