using System.Net;
using System.Text;
using AwoooP.Api.Tests.Hosting;
using AwoooP.Audit;
using AwoooP.Client.Auth;
using AwoooP.Commands;
using AwoooP.Operators;
using AwoooP.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AwoooP.Api.Tests.Audit;

/// <summary>What is refused over HTTP is told to the project's audit grain before the refusal is answered; what is no act, and who is nobody, is not.</summary>
public sealed class DeniedActsTests : IAsyncLifetime
{
    private const string Api = "/v1/platform/";

    private readonly FrontHost _host = new();
    private readonly RecordingAuditGrain _shop = new();
    private readonly RecordingAuditGrain _bank = new();
    private readonly RecordingAuditGrain _operators = new();

    public Task InitializeAsync()
    {
        _host.Cluster.Put<IAuditGrain>("shop/audit", _shop);
        _host.Cluster.Put<IAuditGrain>("bank/audit", _bank);
        _host.Cluster.Put<IAuditGrain>("operators/audit", _operators);
        return _host.InitializeAsync();
    }

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Refusal_ByRole_IsToldWithCallerOperationAndTarget()
    {
        using var viewer = Connect("vera", OperatorRole.Viewer);

        await (await viewer.PostAsync($"{Api}incidents/INC-1/close", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");

        var (caller, denied) = _shop.Denied.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor).ShouldBe(("shop", "vera"));
        caller.TraceId!.Length.ShouldBe(32);
        denied.ShouldBe(new DenyAct("CloseIncident", 403, "role_required", "403 role_required", "incident_id=INC-1", "api_key", "127.0.0.1", null));
    }

    [Fact]
    public async Task Refusal_InAProjectWithoutARole_IsToldWhereTheCallerIsAtHome()
    {
        using var admin = Connect("adam", OperatorRole.Admin);

        await (await admin.GetAsync($"{Api}incidents?project_id=bank")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");

        _bank.Denied.ShouldBeEmpty();
        _shop.Denied.ShouldHaveSingleItem().Act.RequestedProject.ShouldBe("bank");
    }

    [Fact]
    public async Task Refusal_InAProjectThatIsNotThere_IsToldWhereTheCallerIsAtHome()
    {
        using var viewer = _host.Connect(_host.Cluster.Issue("vera", OperatorRole.Viewer, "*"));
        _host.Cluster.Put<IAuditGrain>("awoooi/audit", _shop);

        await (await viewer.PostAsync($"{Api}incidents/INC-1/close?project_id=nowhere", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        await (await viewer.PostAsync($"{Api}approvals/x/votes?project_id=nowhere", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.NotFound, "project_not_found");

        _shop.Denied.Select(static denied => (denied.Caller.ProjectId, denied.Act.RequestedProject)).ShouldBe([("awoooi", "nowhere"), ("awoooi", "nowhere")]);
    }

    [Fact]
    public async Task Refusal_OfAKeyWhoseOwnProjectIsNotThere_IsToldAmongTheOperators()
    {
        var key = _host.Cluster.Issue("vera", OperatorRole.Viewer, "*");
        _host.Cluster.Change(key, static view => view with { DefaultProject = "nowhere" });
        using var viewer = _host.Connect(key);

        await viewer.PostAsync($"{Api}incidents/INC-1/close", Answers.Json("{}"));

        var (caller, denied) = _operators.Denied.ShouldHaveSingleItem();
        (caller.Actor, denied.RequestedProject).ShouldBe(("vera", "nowhere"));
    }

    /// <summary>Wrong keys before it must not hide that somebody tries one that was revoked.</summary>
    [Fact]
    public async Task Refusal_OfARevokedKeyAfterTooManyWrongOnes_IsAnswered429AndToldAsWhatItIs()
    {
        var clock = new FakeClock();
        var host = await FrontHost.StartAsync(host =>
        {
            host.Clock = clock;
            host.Settings["Front:FailedSignInsPerMinute"] = "2";
            host.Settings["Front:KeyCache"] = "00:00:00";
            host.Cluster.Put<IAuditGrain>("shop/audit", _shop);
            host.Cluster.Put<IAuditGrain>("operators/audit", _operators);
        });
        try
        {
            var key = host.Cluster.Issue("rob", OperatorRole.Admin, "shop");
            using var rob = host.Connect(key);
            using var unknown = host.Connect(ApiKey.Create());
            (await rob.GetAsync($"{Api}me")).StatusCode.ShouldBe(HttpStatusCode.OK);
            for (var attempt = 0; attempt < 2; attempt++)
                await unknown.GetAsync($"{Api}me");

            host.Cluster.Change(key, static view => view with { Revoked = true });
            // What was remembered of the key is over, and of the failures next to nothing.
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await (await rob.GetAsync($"{Api}me")).ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too_many_failed_sign_ins");

            var (caller, denied) = _shop.Denied.ShouldHaveSingleItem();
            (caller.Actor, denied.Status, denied.Code).ShouldBe(("rob", 401, "key_revoked"));
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task Refusal_OfAChangeForItsContent_IsToldToo()
    {
        using var admin = Connect("adam", OperatorRole.Admin);

        await (await admin.PutAsync($"{Api}pause", Answers.Json("""{"scope":"project","reason":"x","colour":"red"}"""))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "unknown_field");

        _shop.Denied.ShouldHaveSingleItem().Act.Code.ShouldBe("unknown_field");
    }

    [Fact]
    public async Task Refusal_WithASecretInThePath_IsToldWithoutIt()
    {
        using var viewer = Connect("vera", OperatorRole.Viewer);
        var secret = "ghp_" + new string('a', 36);

        await viewer.PostAsync($"{Api}incidents/{secret}/close", Answers.Json("{}"));

        var target = _shop.Denied.ShouldHaveSingleItem().Act.Target.ShouldNotBeNull();
        target.ShouldNotContain(secret);
        target.ShouldContain("REDACTED");
    }

    [Fact]
    public async Task Refusal_OfALongTarget_IsToldWithoutHalfACharacter()
    {
        using var viewer = Connect("vera", OperatorRole.Viewer);

        await viewer.PostAsync($"{Api}incidents/x{string.Concat(Enumerable.Repeat("😀", 150))}/close", Answers.Json("{}"));

        var target = _shop.Denied.ShouldHaveSingleItem().Act.Target.ShouldNotBeNull();
        target.Length.ShouldBe(DenyAct.MaxTarget - 1);
        target.EnumerateRunes().ShouldNotContain(Rune.ReplacementChar);
    }

    [Fact]
    public async Task Answers_ThatAreNoRefusalOfAnAct_AreNotTold()
    {
        using var admin = Connect("adam", OperatorRole.Admin);
        using var nobody = _host.Connect();

        (await admin.GetAsync($"{Api}incidents?limit=x")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await admin.GetAsync($"{Api}nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await admin.GetAsync($"{Api}me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await nobody.GetAsync($"{Api}incidents")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await admin.PostAsync("/api/v2/alerts", Answers.Json("{"))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        _shop.Denied.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refusal_OfAKeyThatIsNotTaken_IsToldInItsOwnersNameOrAmongThoseOfStrangers()
    {
        using var revoked = _host.Connect(_host.Cluster.Issue("rob", OperatorRole.Admin, "shop", revoked: true));
        using var unknown = _host.Connect(ApiKey.Create());

        await revoked.GetAsync($"{Api}incidents?project_id=shop");
        await unknown.GetAsync($"{Api}incidents");
        await unknown.PostAsync("/api/v2/alerts", Answers.Json("[]"));

        var (caller, denied) = _shop.Denied.ShouldHaveSingleItem();
        (caller.Actor, denied.Status, denied.Code).ShouldBe(("rob", 401, "key_revoked"));
        _operators.Denied.Select(refused => (refused.Caller.Actor, refused.Act.Status, refused.Act.Address)).ShouldBe(
            [(Actors.Stranger, 401, "127.0.0.1"), (Actors.Stranger, 401, "127.0.0.1")]);
        Actors.RoleOf(Actors.Stranger).ShouldBe("unknown");
    }

    /// <summary>Whoever is refused before authorization has looked what was asked for: it is told where it was asked for all the same, if that is theirs.</summary>
    [Fact]
    public async Task Refusal_OfAKeyThatIsNotTaken_IsToldInTheProjectThatWasAskedForOrNamesIt()
    {
        var key = _host.Cluster.Issue("rob", OperatorRole.Admin, "shop", revoked: true);
        var roles = new Dictionary<string, OperatorRole> { ["shop"] = OperatorRole.Admin, ["bank"] = OperatorRole.Viewer };
        _host.Cluster.Change(key, view => view with { Roles = roles });
        _host.Cluster.MakeProject("bank");
        using var revoked = _host.Connect(key);
        using var unknown = _host.Connect(ApiKey.Create());

        foreach (var asked in new[] { "bank", "awoooi", "No-Name", "bank&project_id=shop" })
            await (await revoked.GetAsync($"{Api}incidents?project_id={asked}")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "key_revoked");
        await unknown.GetAsync($"{Api}incidents?project_id=bank");

        var (caller, denied) = _bank.Denied.ShouldHaveSingleItem();
        (caller.ProjectId, caller.Actor, denied.Code, denied.RequestedProject).ShouldBe(("bank", "rob", "key_revoked", null));
        _shop.Denied.Select(static told => told.Act.RequestedProject ?? "none").ShouldBe(["awoooi", "none", "none"]);
        var (stranger, guess) = _operators.Denied.ShouldHaveSingleItem();
        (stranger.Actor, guess.RequestedProject).ShouldBe((Actors.Stranger, "bank"));
    }

    /// <summary>A name of no project is none that was asked for.</summary>
    [Fact]
    public async Task Refusal_OfAChangeInWhatIsNoProject_IsToldWhereTheCallerIsAtHome()
    {
        using var admin = Connect("adam", OperatorRole.Admin);

        await (await admin.PostAsync($"{Api}incidents/INC-1/close?project_id=No-Name", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.UnprocessableEntity, "invalid_project_id");

        var (caller, denied) = _shop.Denied.ShouldHaveSingleItem();
        (caller.ProjectId, denied.RequestedProject).ShouldBe(("shop", null));
    }

    /// <summary>People of two tenants may have one name: what one of them is refused must not push the other's refusals out of their trail.</summary>
    [Fact]
    public async Task Refusal_OfSomebodyWhoseNamesakeElsewhereIsOverTheBound_IsTold()
    {
        using var theirs = Connect("bob", OperatorRole.Viewer);
        using var ours = _host.Connect(_host.Cluster.Issue("bob", OperatorRole.Viewer, "bank"));
        for (var attempt = 0; attempt < DenialBudget.Told + 1; attempt++)
            await theirs.PostAsync($"{Api}incidents/INC-1/close", Answers.Json("{}"));

        await ours.PostAsync($"{Api}incidents/INC-2/close", Answers.Json("{}"));

        _shop.Denied.Count.ShouldBe(DenialBudget.Told);
        var (caller, denied) = _bank.Denied.ShouldHaveSingleItem();
        (caller.Actor, denied.Target).ShouldBe(("bob", "incident_id=INC-2"));
    }

    [Fact]
    public async Task Refusals_OverTheBound_AreCountedAndToldTogether()
    {
        using var viewer = Connect("vera", OperatorRole.Viewer);
        for (var attempt = 0; attempt < DenialBudget.Told + 3; attempt++)
            await viewer.PostAsync($"{Api}incidents/INC-1/close", Answers.Json("{}"));

        _shop.Denied.Count.ShouldBe(DenialBudget.Told);
        await _host.Services.GetRequiredService<DeniedActs>().FlushAsync();
        var (caller, counted) = _shop.Counted.ShouldHaveSingleItem();
        caller.Actor.ShouldBe("vera");
        counted.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Refusal_WhileNothingCanBeWritten_IsAnsweredAndToldLater()
    {
        using var viewer = Connect("vera", OperatorRole.Viewer);
        _shop.Fault = new CommandUnavailableException("away");

        await (await viewer.PostAsync($"{Api}incidents/INC-1/close", Answers.Json("{}"))).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "role_required");
        _shop.Denied.ShouldBeEmpty();
        await _host.Services.GetRequiredService<DeniedActs>().FlushAsync();
        _shop.Counted.ShouldBeEmpty();

        _shop.Fault = null;
        await _host.Services.GetRequiredService<DeniedActs>().FlushAsync();
        _shop.Counted.ShouldHaveSingleItem().Command.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Front_ThatStops_TellsWhatItHasCounted()
    {
        using var viewer = Connect("vera", OperatorRole.Viewer);
        for (var attempt = 0; attempt < DenialBudget.Told + 1; attempt++)
            await viewer.PostAsync($"{Api}incidents/INC-1/close", Answers.Json("{}"));

        await _host.Services.GetRequiredService<IHost>().StopAsync(CancellationToken.None);

        _shop.Counted.ShouldHaveSingleItem().Command.Count.ShouldBe(1);
    }

    private HttpClient Connect(string person, OperatorRole role) => _host.Connect(_host.Cluster.Issue(person, role, "shop"));
}
