using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>What the control plane is for, by its command line: projects as a file says, and contracts that two people put in force.</summary>
public sealed class ControlPlaneTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    [Fact]
    public async Task Apply_OfTheSameFileTwice_ChangesNothingTheSecondTime()
    {
        var admin = await shared.AdminCommandAsync();
        var file = await WriteAsync("orchard.yaml", "kind: project\nproject_id: orchard\nname: Orchard\nquotas:\n  alerts_per_minute: 6000\n");

        var first = (await admin.RunAsync("apply", "-f", file, "--yes")).ShouldEnd(Exit.Done).Output;
        first.ShouldStartWith("project orchard: to be made\n  + name: Orchard\n  + quotas.alerts_per_minute: 6000\n");
        first.ShouldEndWith("project orchard: made, version 1\n");
        (await EventsOfProjectAsync("orchard")).ShouldBe(1);

        (await admin.RunAsync("apply", "-f", file, "--yes")).ShouldEnd(Exit.Done).Output.ShouldBe("project orchard: no changes\n");
        // There is nothing to ask about either.
        (await admin.RunAsync("apply", "-f", file)).ShouldEnd(Exit.Done).Output.ShouldBe("project orchard: no changes\n");

        (await EventsOfProjectAsync("orchard")).ShouldBe(1);
        ((long)(await ProjectAsync(admin, "orchard"))["version"]!).ShouldBe(1);
    }

    [Fact]
    public async Task Apply_OfAChangedFile_ShowsTheDifferenceAndMakesIt()
    {
        const string Difference = "project meadow: 3 changes\n  ~ name: Meadow -> Meadows\n  - quotas.event_streams: 5\n  ~ feature_flags.suggest_mode: false -> true\n";
        var admin = await shared.AdminCommandAsync();
        var file = await WriteAsync("meadow.yaml", "kind: project\nproject_id: meadow\nname: Meadow\nquotas:\n  alerts_per_minute: 6000\n  event_streams: 5\n");
        (await admin.RunAsync("apply", "-f", file, "--yes")).ShouldEnd(Exit.Done);
        await WriteAsync("meadow.yaml", "kind: project\nproject_id: meadow\nname: Meadows\nquotas:\n  alerts_per_minute: 6000\nfeature_flags:\n  suggest_mode: true\n");

        (await admin.RunAsync("apply", "-f", file, "--dry-run")).ShouldEnd(Exit.Done).Output.ShouldBe(Difference);
        // That nobody can be asked is not taken for a yes.
        var unasked = (await admin.RunAsync("apply", "-f", file)).ShouldEnd(Exit.Invalid);
        unasked.Output.ShouldBe(Difference);
        unasked.Errors.ShouldContain("--yes");
        (await EventsOfProjectAsync("meadow")).ShouldBe(1);

        (await admin.RunAsync("apply", "-f", file, "--yes")).ShouldEnd(Exit.Done).Output.ShouldBe(Difference + "project meadow: changed, version 2\n");
        (await admin.RunAsync("apply", "-f", file, "--yes")).ShouldEnd(Exit.Done).Output.ShouldBe("project meadow: no changes\n");

        (await EventsOfProjectAsync("meadow")).ShouldBe(2);
        var configuration = (await ProjectAsync(admin, "meadow"))["configuration"]!;
        ((string?)configuration["name"]).ShouldBe("Meadows");
        configuration["quotas"]!["event_streams"].ShouldBeNull();
        ((bool?)configuration["feature_flags"]!["suggest_mode"]).ShouldBe(true);
        await Readiness.UntilAsync(
            async _ => await shared.System.CountAsync("select count(*) from awooop_project where project_id = 'meadow' and name = 'Meadows'") == 1,
            "The change is not in the records",
            CancellationToken.None);
        await ShouldBeOnRecordAsync(admin, ["--project", "meadow"], ("project.configured", "local-admin"), ("project.created", "local-admin"));
    }

    /// <summary>What is taken from a term is taken from history: that nobody can be asked is not taken for a yes.</summary>
    [Fact]
    public async Task RetentionSet_WhereNobodyCanBeAsked_ShowsTheTermsAndChangesNothing()
    {
        var admin = await shared.AdminCommandAsync();

        var unasked = (await admin.RunAsync("retention", "set", "timeline_events", "400")).ShouldEnd(Exit.Invalid);

        unasked.Output.ShouldContain("  ~ days: 1095 -> 400");
        unasked.Errors.ShouldContain("--yes");
        (await admin.RunAsync("retention", "list", "--json")).ShouldEnd(Exit.Done).Json["terms"]!.AsArray()
            .Select(static term => ((string?)term!["table"], (int?)term!["days"])).ShouldContain(("timeline_events", 1095));
    }

    [Fact]
    public async Task Contract_FromDraftToActive_IsSignedByTwoWithKeysOfTheirOwn()
    {
        const string Id = "policy/deletes";
        var dora = await shared.CommandAsync("dora", "operator");
        var paul = await shared.CommandAsync("paul", "admin");
        var ben = await shared.CommandAsync("ben", "approver");
        var cho = await shared.CommandAsync("cho", "approver");
        var file = await WriteAsync("deletes.json", Policies.Document());

        Shown(await dora.RunAsync("contracts", "draft", Id, "-f", file, "--json"), "draft");
        (await dora.RunAsync("contracts", "publish", Id, "1")).ShouldBeRefused(Exit.NotAllowed, "role_required");
        Shown(await paul.RunAsync("contracts", "publish", Id, "1", "--json"), "published");
        var read = (string)(await ben.RunAsync("contracts", "show", Id, "1", "--json")).ShouldEnd(Exit.Done).Json["document_sha256"]!;
        Shown(await ben.RunAsync("contracts", "sign", Id, "1", "--sha256", read, "--json"), "published");
        (await ben.RunAsync("contracts", "sign", Id, "1", "--sha256", read)).ShouldBeRefused(Exit.Refused, "already_signed");
        var active = Shown(await cho.RunAsync("contracts", "sign", Id, "1", "--sha256", read, "--json"), "active");

        active["unusable"].ShouldBeNull();
        active["signatures"]!.AsArray().Select(static signature => (string?)signature!["signer"]).ShouldBe(["ben", "cho"]);
        await Readiness.UntilAsync(
            async _ => (await ItemsAsync(dora, "contracts", "list")).Any(row => (string?)row!["contract_id"] == Id && (int?)row!["active_version"] == 1),
            "The list does not show it in force",
            CancellationToken.None);
        (await ItemsAsync(dora, "contracts", "signatures", Id)).Select(static row => $"{row!["purpose"]} {row!["signer"]}").ShouldBe(["activate cho", "activate ben", "publish paul"]);
        await ShouldBeOnRecordAsync(
            dora,
            ["--object", Id],
            ("contract.activated", "cho"),
            ("contract.signed", "cho"),
            ("contract.signed", "ben"),
            ("contract.published", "paul"),
            ("contract.drafted", "dora"));
    }

    /// <summary>The one version of the contract that a command has shown.</summary>
    private static JsonNode Shown(CommandEnd end, string status)
    {
        var version = end.ShouldEnd(Exit.Done).Json["versions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)version["status"]).ShouldBe(status);
        return version;
    }

    /// <summary>These acts, newest first, and no other.</summary>
    private static async Task ShouldBeOnRecordAsync(AwooopCommand reader, string[] which, params (string Act, string Actor)[] acts)
    {
        List<(string, string)> found = [];
        await Readiness.UntilAsync(
            async _ =>
            {
                found = [.. (await ItemsAsync(reader, ["audit", "list", .. which])).Select(static row => ((string)row!["act"]!, (string)row!["actor"]!))];
                return found.Count >= acts.Length;
            },
            "The acts are not on record",
            CancellationToken.None);
        found.ShouldBe(acts);
    }

    private static async Task<JsonArray> ItemsAsync(AwooopCommand reader, params string[] list) =>
        (await reader.RunAsync([.. list, "--json"])).ShouldEnd(Exit.Done).Json["items"]!.AsArray();

    private static async Task<JsonNode> ProjectAsync(AwooopCommand reader, string project) =>
        (await reader.RunAsync("projects", "show", project, "--json")).ShouldEnd(Exit.Done).Json;

    private Task<long> EventsOfProjectAsync(string project) => shared.EventsOfAsync("project", project);

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(shared.System.Folder, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }
}
