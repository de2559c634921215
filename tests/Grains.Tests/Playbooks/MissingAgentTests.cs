using AwoooP.Alerts;
using AwoooP.Commands;
using AwoooP.Contracts;
using AwoooP.Events;
using AwoooP.Grains.Tests.Contracts;
using AwoooP.Grains.Tests.Harness;
using AwoooP.Incidents;
using AwoooP.Playbooks;
using AwoooP.Signing;

namespace AwoooP.Grains.Tests.Playbooks;

/// <summary>A playbook that asks an agent which is not in force: found when it is activated and when a plan is made, before people sign.</summary>
public sealed class MissingAgentTests : IAsyncLifetime
{
    private const string PlaybookId = "PB-20260115-ABCDEF";

    private static readonly Dictionary<string, string> Labels = new() { ["alertname"] = "WebDown", ["namespace"] = "prod", ["service"] = "web", ["severity"] = "critical" };

    private readonly SigningKeys _keys = new(SigningKeys.Key("k1"));
    private readonly DomainPlatform _platform;

    public MissingAgentTests() => _platform = new DomainPlatform(keys: _keys);

    private IPlaybookGrain Playbook => _platform.Grains.GetGrain<IPlaybookGrain>($"{GrainHarness.Project}/{PlaybookId}");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Fact]
    public async Task GivenAnAgentThatIsNotInForce_WhenThePlaybookIsActivated_ThenRefusedWithTheFieldUntilItIs()
    {
        await ApproveAsync(AutonomyLevel.L3);
        await ShouldBeRefusedAsync("contract_not_found");
        await PublishAsync();
        await ShouldBeRefusedAsync("contract_not_active");

        await SignAsync();

        await _platform.AcceptedAsync("ben", ActivateAsync);
    }

    [Fact]
    public async Task GivenAnAgentWhoseKeyIsUnknown_WhenThePlaybookIsActivated_ThenRefusedButNotWhileNobodyKnows()
    {
        await PublishAsync();
        await SignAsync();
        await ApproveAsync(AutonomyLevel.L3);

        _keys.Keys = [SigningKeys.Key("k2")];
        await ShouldBeRefusedAsync("contract_key_unknown");
        _keys.Keys = [new SigningKey("k1", [], null)];
        await _platform.AcceptedAsync("ben", ActivateAsync);
    }

    [Fact]
    public async Task GivenAPlaybookThatOnlySuggests_WhenActivated_ThenItNeedsNoAgent()
    {
        await ApproveAsync(AutonomyLevel.L2);

        await _platform.AcceptedAsync("ben", ActivateAsync);
    }

    [Fact]
    public async Task GivenAnAgentThatWasDeprecatedSince_WhenAnAlertFires_ThenThePlanIsDeclinedWithTheReason()
    {
        await PublishAsync();
        await SignAsync();
        await ApproveAsync(AutonomyLevel.L3);
        await _platform.AcceptedAsync("ben", ActivateAsync);
        await _platform.SettleAsync();
        await _platform.AcceptedAsync("ann", token => TriageAgent.Of(_platform).DeprecateAsync(new DeprecateContract(1, "Too dear."), token));

        await FireAsync();

        Declined().ShouldHaveSingleItem().Reason.ShouldBe($"{PlaybookId} cannot be carried out: $.steps[1].agent: No version of its contract is in force.");
        _platform.EventTypes.ShouldNotContain("incident.plan_proposed");
    }

    [Fact]
    public async Task GivenAnAgentInForce_WhenAnAlertFires_ThenThePlanIsProposed()
    {
        await PublishAsync();
        await SignAsync();
        await ApproveAsync(AutonomyLevel.L3);
        await _platform.AcceptedAsync("ben", ActivateAsync);
        await _platform.SettleAsync();

        await FireAsync();

        _platform.EventTypes.ShouldContain("incident.plan_proposed");
        Declined().ShouldBeEmpty();
    }

    private async Task ShouldBeRefusedAsync(string code)
    {
        var refusal = (await _platform.AsAsync("ben", ActivateAsync)).Refusal.ShouldNotBeNull();

        (refusal.Kind, refusal.Code, refusal.Field).ShouldBe((RefusalKind.Invalid, code, "$.steps[1].agent"));
    }

    private Task<CommandResult> ActivateAsync(CancellationToken cancellationToken) => Playbook.ActivateAsync(new ActivatePlaybook(), cancellationToken);

    private async Task ApproveAsync(AutonomyLevel autonomy)
    {
        var definition = new PlaybookDefinition
        {
            Name = "Ask and wait",
            Match = new PlaybookMatch { AlertNames = ["WebDown"] },
            ActionPattern = "ask:web",
            Autonomy = autonomy,
            Steps = [Plans.Wait(1), Plans.Model(), Plans.Verify()],
        };
        await _platform.AcceptedAsync("ann", token => Playbook.CreateAsync(new CreatePlaybook(definition, PlaybookSource.Human), token));
        await _platform.AcceptedAsync("ben", token => Playbook.ApproveAsync(new ApprovePlaybook(), token));
    }

    private Task PublishAsync() => TriageAgent.PublishAsync(_platform);

    private Task SignAsync() => TriageAgent.SignAsync(_platform);

    private async Task FireAsync()
    {
        await _platform.IntakeAsync(new AlertBatch(
            AlertBatch.AlertmanagerApi,
            [new SentAlert(AlertMemberId.Of(Labels), Labels, new Dictionary<string, string> { ["summary"] = "down" }, _platform.Now, _platform.Now.AddMinutes(5), null)]));
        await _platform.SettleAsync();
    }

    private List<IncidentPlanDeclined> Declined() =>
    [
        .. _platform.Journal.Events.Where(static recorded => recorded.Type == "incident.plan_declined")
            .Select(static recorded => (IncidentPlanDeclined)EventCatalog.Default.Decode(recorded.Type, recorded.TypeVersion, recorded.Data.Span)),
    ];
}
