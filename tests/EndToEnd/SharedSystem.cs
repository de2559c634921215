using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Systems;

namespace AwoooP.EndToEnd;

/// <summary>One AwoooP for all tests of a class, with people of several roles in project awoooi.</summary>
public class SharedSystem : IAsyncLifetime
{
    private readonly List<RawApi> _open = [];

    /// <summary>Approvals that need one vote expire while a test looks on; those that need two wait for the voters.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Approvals__Lifetime"] = "00:00:02" };

    protected virtual int Silos => 1;

    internal AwooopSystem System { get; private set; } = null!;

    /// <summary>Admin of every project.</summary>
    internal RawApi Admin { get; private set; } = null!;

    /// <summary>Admin of project awoooi, who has issued nobody's key: others may sign what they publish.</summary>
    internal RawApi Publisher { get; private set; } = null!;

    internal RawApi Approver { get; private set; } = null!;

    /// <summary>Not the administrator, who has issued the keys of both and is no second person beside them.</summary>
    internal RawApi SecondApprover { get; private set; } = null!;

    internal RawApi Viewer { get; private set; } = null!;

    internal RawApi Nobody { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        System = await AwooopSystem.StartAsync(new SystemShape { Silos = Silos, Settings = Settings });
        Admin = As(await System.AdminKeyAsync());
        Publisher = await IssueAsync("pam", "admin");
        Approver = await IssueAsync("ann", "approver");
        SecondApprover = await IssueAsync("bob", "approver");
        Viewer = await IssueAsync("vic", "viewer");
        Nobody = As(null);
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var api in _open)
            api.Dispose();
        await System.DisposeAsync();
    }

    internal static string Playbook(string name, string alert, string more = "") =>
        $$"""{"name":"{{name}}","match":{"alert_names":["{{alert}}"]},"action_pattern":"wait:{{alert}}",{{more}}"steps":[{"kind":"wait","name":"Wait","seconds":1}]}""";

    /// <summary>A new draft. Answers its id.</summary>
    internal async Task<string> DraftAsync(string name, string alert, string more = "") =>
        (string)(await Admin.PostAsync("v1/platform/playbooks", Playbook(name, alert, more))).ShouldSucceed().Body["playbook_id"]!;

    /// <summary>A playbook that is carried out. Answers its id.</summary>
    internal async Task<string> ActiveAsync(string name, string alert, string more = "")
    {
        var id = await DraftAsync(name, alert, more);
        await ActivateAsync(id);
        return id;
    }

    internal async Task ActivateAsync(string playbook)
    {
        (await Admin.PostAsync($"v1/platform/playbooks/{playbook}/approve", "{}")).ShouldSucceed();
        (await Admin.PostAsync($"v1/platform/playbooks/{playbook}/activate", "{}")).ShouldSucceed();
    }

    /// <summary>The approval that is asked for when the alert fires, once it stands in the records.</summary>
    internal async Task<JsonNode> ApprovalAsync(string alert)
    {
        var incident = (string)(await IncidentAsync(alert))["incident_id"]!;
        JsonNode? found = null;
        await Readiness.UntilAsync(
            async _ => (found = (await ItemsAsync(Viewer, $"approvals?incident_id={incident}")).FirstOrDefault()) is not null,
            "No approval was requested",
            CancellationToken.None);
        return found!;
    }

    internal async Task FireAsync(string alert, string root = "") =>
        (await Nobody.PostAsync($"{root}api/v2/alerts", Alert(alert))).ShouldSucceed();

    internal static string Alert(string name) =>
        $$"""[{"labels":{"alertname":"{{name}}","namespace":"bad-input","service":"{{name}}","severity":"warning"},"startsAt":"2026-01-01T00:00:00Z","endsAt":"2099-01-01T00:00:00Z"}]""";

    /// <summary>The incident of the alert, once it stands in the records.</summary>
    internal async Task<JsonNode> IncidentAsync(string alert, string project = "awoooi")
    {
        JsonNode? found = null;
        await Readiness.UntilAsync(
            async _ => (found = (await ItemsAsync(Admin, $"incidents?limit=100&project_id={project}")).FirstOrDefault(incident => (string?)incident!["alertname"] == alert)) is not null,
            $"No incident of {alert} in {project}",
            CancellationToken.None);
        return found!;
    }

    internal static async Task<JsonArray> ItemsAsync(RawApi api, string path) =>
        (await api.GetAsync($"v1/platform/{path}")).ShouldSucceed().Body["items"]!.AsArray();

    /// <summary>Everything that was ever recorded of one aggregate of the project.</summary>
    internal Task<long> EventsOfAsync(string localKey, string project = "awoooi") =>
        System.CountAsync($"select count(*) from journal.event where grain_key = '{project}/{localKey}'");

    internal Task<long> PlaybooksMadeAsync() => System.CountAsync("select count(*) from journal.event where type = 'playbook.created'");

    /// <summary>The API as a further person in project awoooi.</summary>
    internal async Task<RawApi> IssueAsync(string person, string role) => As(await IssueKeyAsync(person, role));

    /// <summary>A key for a further person, who has a role in one project.</summary>
    internal async Task<string> IssueKeyAsync(string person, string role, string project = "awoooi", DateTimeOffset? expiresAt = null)
    {
        var request = new JsonObject
        {
            ["operator_id"] = person,
            ["roles"] = new JsonObject { [project] = role },
            ["default_project"] = project,
            ["expires_at"] = expiresAt,
        };
        return (string)(await Admin.PostAsync("v1/platform/operators/keys", request.ToJsonString())).ShouldSucceed().Body["key"]!;
    }

    /// <summary>The command line of a further person in project awoooi.</summary>
    internal async Task<AwooopCommand> CommandAsync(string person, string role) => new(System, await IssueKeyAsync(person, role));

    internal async Task<AwooopCommand> AdminCommandAsync() => new(System, await System.AdminKeyAsync());

    /// <param name="key">An operator key or a token; null for somebody without either.</param>
    internal RawApi As(string? key)
    {
        var api = new RawApi(System.Address, key);
        _open.Add(api);
        return api;
    }
}
