using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>
/// What must not be done is told by a code of its own, and changes nothing. Nobody can ask for an approval in the own name from outside;
/// that a requester is never the only approver is shown over HTTP in Api.Tests.
/// </summary>
public sealed class BadInputTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Api = "v1/platform/";

    [Fact]
    public async Task Intake_BadBodies_AreRefusedEachWithItsCodeAndLeaveNothing()
    {
        var big = new string('x', 64 * 1024);
        (await Send(Alert()[..^1])).ShouldBeProblem(400, "malformed_json");
        (await Send("""[{"labels":{"alertname":"Refused","team":"a\u0000b"}}]""")).ShouldBeProblem(400, "nul_character");
        (await Send(Alert($$""","annotations":{"text":"{{big}}"}"""))).ShouldBeProblem(413, "alert_too_large");
        var one = Alert($$""","annotations":{"text":"{{big[1024..]}}"}""")[1..^1];
        (await Send($"[{string.Join(',', Enumerable.Repeat(one, 17))}]")).ShouldBeProblem(413, "batch_too_large");
        (await Send(Alert(""","startsAt":"yesterday" """))).ShouldBeProblem(400, "invalid_time");
        (await Send(Alert(), ("Content-Type", "text/plain"))).ShouldBeProblem(415, "not_json");
        (await Send(Alert(), ("Host", "rebound.example"))).ShouldBeProblem(401, "unauthenticated");

        // What comes after them is worked off after them.
        await shared.FireAsync("AfterRefused");
        await shared.IncidentAsync("AfterRefused");
        (await shared.System.CountAsync("select count(*) from incidents where alertname = 'Refused'")).ShouldBe(0);
        (await shared.System.CountAsync("select count(*) from alert_member where labels->>'alertname' = 'Refused'")).ShouldBe(0);

        static string Alert(string more = "") => $"[{{\"labels\":{{\"alertname\":\"Refused\",\"namespace\":\"bad\"}}{more}}}]";
        Task<RawAnswer> Send(string body, params (string, string)[] headers) => shared.Nobody.PostAsync("api/v2/alerts", body, headers);
    }

    [Fact]
    public async Task AlertList_MatchersThatAreNone_AreRefusedBeforeTheyAreLookedFor()
    {
        foreach (var filter in (string[])["a%3D%22%00%22", "a%3D%22b%22%00", "a%00b%3Dc", "%3Dc"])
            (await shared.Nobody.GetAsync($"api/v2/alerts?filter={filter}")).ShouldBeProblem(400, "invalid_matcher");
    }

    [Fact]
    public async Task Playbook_BadBodies_AreRefusedEachWithItsCodeAndMakeNone()
    {
        var good = SharedSystem.Playbook("Refused", "Refused");
        var before = await shared.PlaybooksMadeAsync();

        (await Create(good[..^1])).ShouldBeProblem(400, "malformed_json");
        (await Create(good.Replace("\"wait\"", "\"format_disk\"", StringComparison.Ordinal))).ShouldBeProblem(422, "unknown_step_kind");
        (await Create(SharedSystem.Playbook("Refused", "Refused", "\"colour\":\"red\","))).ShouldBeProblem(422, "unknown_field");
        (await Create(SharedSystem.Playbook("a\\u0000b", "Refused"))).ShouldBeProblem(422, "nul_character");
        (await Create(SharedSystem.Playbook("Refused", "Refused", $"\"notes\":\"{new string('x', 256 * 1024)}\","))).ShouldBeProblem(413, "body_too_large");

        (await shared.PlaybooksMadeAsync()).ShouldBe(before);

        Task<RawAnswer> Create(string body) => shared.Admin.PostAsync(Api + "playbooks", body);
    }

    [Fact]
    public async Task Playbook_IllegalTransitionOrStaleVersion_IsRefusedAndChangesNothing()
    {
        var id = await shared.DraftAsync("Draft", "NeverFires");
        var before = await shared.EventsOfAsync(id);

        var illegal = (await shared.Admin.PostAsync($"{Api}playbooks/{id}/activate", "{}")).ShouldBeProblem(409, "illegal_transition");
        illegal.Body["legal"]!.AsArray().Select(trigger => (string)trigger!).ShouldContain("approve");
        var stale = (await shared.Admin.PostAsync($"{Api}playbooks/{id}/approve", "{}", ("If-Match", "\"999\""))).ShouldBeProblem(412, "stale_version");
        var version = (long)stale.Body["current_version"]!;

        (await shared.EventsOfAsync(id)).ShouldBe(before);
        (await shared.Admin.PostAsync($"{Api}playbooks/{id}/approve", "{}", ("If-Match", $"\"{version}\""))).ShouldSucceed();
    }

    [Fact]
    public async Task IdempotencyKey_SameBody_AnswersTheSameAndAnotherBodyIsRefused()
    {
        var body = SharedSystem.Playbook("Once", "NeverFires");
        var before = await shared.PlaybooksMadeAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Create(body)));
        var id = answers.Select(answer => (string)answer.ShouldSucceed().Body["playbook_id"]!).Distinct().ShouldHaveSingleItem();
        (await Create(SharedSystem.Playbook("Twice", "NeverFires"))).ShouldBeProblem(409, "idempotency_key_reused");
        ((string?)(await Create(body)).ShouldSucceed().Body["playbook_id"]).ShouldBe(id);

        (await shared.PlaybooksMadeAsync()).ShouldBe(before + 1);
        (await shared.EventsOfAsync(id)).ShouldBe(1);

        Task<RawAnswer> Create(string text) => shared.Admin.PostAsync(Api + "playbooks", text, ("Idempotency-Key", "make-it-once"));
    }

    [Fact]
    public async Task Vote_ByWhoMayNotOrTwiceOrAfterTheEnd_IsRefusedAndCountsNothing()
    {
        await shared.ActiveAsync("Critical", "NeedsTwo", "\"requires_approval\":\"critical\",");
        await shared.FireAsync("NeedsTwo");
        var id = (string)(await shared.ApprovalAsync("NeedsTwo"))["id"]!;

        var asked = await shared.EventsOfAsync(id);
        (await Vote(shared.Viewer)).ShouldBeProblem(403, "not_an_approver");
        (await Vote(shared.Approver, "perhaps")).Status.ShouldBe(422);
        (await shared.EventsOfAsync(id)).ShouldBe(asked);

        var first = (await Vote(shared.Approver)).ShouldSucceed();
        ((string?)first.Body["status"]).ShouldBe("pending");
        (await Vote(shared.Approver)).ShouldBeProblem(409, "already_voted");
        (await Vote(shared.Approver, "reject")).ShouldBeProblem(409, "already_voted");
        (await shared.EventsOfAsync(id)).ShouldBe(asked + 1);

        (await Vote(shared.Admin)).ShouldBeProblem(403, "voter_not_independent");
        ((string?)(await Vote(shared.SecondApprover)).ShouldSucceed().Body["status"]).ShouldNotBe("pending");
        (await Vote(shared.SecondApprover)).ShouldBeProblem(409, "illegal_transition").Body["legal"].ShouldNotBeNull();
        (await shared.System.CountAsync($"select count(*) from journal.event where grain_key = 'awoooi/{id}' and type = 'approval.voted'")).ShouldBe(2);

        Task<RawAnswer> Vote(RawApi voter, string choice = "approve") => voter.PostAsync($"{Api}approvals/{id}/votes", $$"""{"choice":"{{choice}}"}""");
    }

    [Fact]
    public async Task Vote_OnAnExpiredApproval_IsRefusedAndExecutesNothing()
    {
        await shared.ActiveAsync("Soon over", "NobodySigns");
        await shared.FireAsync("NobodySigns");
        var id = (string)(await shared.ApprovalAsync("NobodySigns"))["id"]!;
        await Readiness.UntilAsync(
            async _ => (string?)(await shared.Viewer.GetAsync($"{Api}approvals/{id}")).ShouldSucceed().Body["status"] == "expired",
            "The approval does not expire",
            CancellationToken.None);
        var events = await shared.EventsOfAsync(id);

        foreach (var choice in (string[])["approve", "reject"])
            (await shared.Approver.PostAsync($"{Api}approvals/{id}/votes", $$"""{"choice":"{{choice}}"}""")).ShouldBeProblem(409, "approval_expired");

        (await shared.EventsOfAsync(id)).ShouldBe(events);
        var run = (string)(await shared.Viewer.GetAsync($"{Api}approvals/{id}")).ShouldSucceed().Body["plan"]!["run_id"]!;
        await Readiness.UntilAsync(
            async _ => (string?)(await shared.Viewer.GetAsync($"{Api}runs/{run}")).ShouldSucceed().Body["state"] == "timed_out",
            "The run does not end with its approval",
            CancellationToken.None);
        (await shared.System.CountAsync($"select count(*) from journal.event where grain_key = 'awoooi/{run}' and type like 'run.step%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Request_WithoutKeyRoleOrWithinBounds_IsRefused()
    {
        (await shared.Nobody.GetAsync(Api + "incidents")).ShouldBeProblem(401, "unauthenticated");
        (await shared.Viewer.GetAsync(Api + "incidents?project_id=ewoooc")).ShouldBeProblem(403, "role_required");
        (await shared.Viewer.PostAsync(Api + "playbooks", SharedSystem.Playbook("Refused", "Refused"))).ShouldBeProblem(403, "role_required");
        foreach (var limit in (string[])["0", "-1", "1000000", "ten"])
            (await shared.Viewer.GetAsync($"{Api}incidents?limit={limit}")).ShouldBeProblem(422, "out_of_range");
        (await shared.Viewer.GetAsync(Api + "incidents?cursor=none")).ShouldBeProblem(422, "invalid_cursor");
    }

    [Fact]
    public async Task Tenants_WithTheSameAlert_DoNotSeeEachOther()
    {
        const string other = "projects/ewoooc/";
        await shared.FireAsync("InBoth");
        await shared.FireAsync("InBoth", other);
        await shared.FireAsync("OnlyThere", other);

        var there = await shared.IncidentAsync("InBoth", "ewoooc");
        var here = (string)(await shared.IncidentAsync("InBoth"))["incident_id"]!;
        var onlyThere = (string)(await shared.IncidentAsync("OnlyThere", "ewoooc"))["incident_id"]!;

        var seen = (await SharedSystem.ItemsAsync(shared.Viewer, "incidents?limit=100")).Select(incident => (string)incident!["incident_id"]!).ToList();
        there["project_id"]!.GetValue<string>().ShouldBe("ewoooc");
        seen.ShouldContain(here);
        seen.ShouldNotContain(onlyThere);
        (await SharedSystem.ItemsAsync(shared.Viewer, "incidents?limit=100")).ShouldAllBe(incident => (string?)incident!["project_id"] == "awoooi");
        (await shared.Viewer.GetAsync($"{Api}incidents/{onlyThere}")).ShouldBeProblem(404, "incident_not_found");
        (await shared.Approver.PostAsync($"{Api}incidents/{onlyThere}/acknowledge?project_id=ewoooc", "{}")).ShouldBeProblem(403, "role_required");
        (await shared.Viewer.GetAsync(other + "api/v2/alerts")).ShouldBeProblem(403, "role_required");

        await Readiness.UntilAsync(async _ => await AlertNamesAsync(other) is ["InBoth", "OnlyThere"], "The alerts of the other tenant are not listed", CancellationToken.None);
        (await AlertNamesAsync("")).ShouldNotContain("OnlyThere");
    }

    private async Task<string[]> AlertNamesAsync(string root) =>
        [.. (await shared.Nobody.GetAsync(root + "api/v2/alerts")).ShouldSucceed().Body.AsArray().Select(alert => (string)alert!["labels"]!["alertname"]!).Order(StringComparer.Ordinal)];
}
