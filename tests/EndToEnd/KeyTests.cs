using System.Text.Json.Nodes;
using AwoooP.Demo;

namespace AwoooP.EndToEnd;

/// <summary>Keys that were issued, used, rotated and revoked can be looked up.</summary>
public sealed class KeyTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Keys = "v1/platform/operators/keys";

    [Fact]
    public async Task List_AfterAKeysLife_TellsAllOfIt()
    {
        var issued = (await shared.Admin.PostAsync(Keys, """{"operator_id":"mei","roles":{"awoooi":"operator"},"default_project":"awoooi"}""")).ShouldSucceed().Body;
        var id = (string)issued["key_id"]!;
        using var before = new RawApi(shared.System.Address, (string)issued["key"]!);
        (await shared.Admin.PostAsync($"{Keys}/{id}/rotate", "{}")).ShouldBeProblem(409, "not_own_key");
        var rotated = (await before.PostAsync($"{Keys}/{id}/rotate", """{"grace_seconds":0}""")).ShouldSucceed().Body;
        using var after = new RawApi(shared.System.Address, (string)rotated["key"]!);

        (await before.GetAsync("v1/platform/me")).ShouldBeProblem(401, "key_rotated");
        (await after.GetAsync("v1/platform/me")).ShouldSucceed();
        var key = await UntilAsync(id, static row => row["last_used_at"] is not null && row["rotated_at"] is not null);

        ((string)key["operator_id"]!).ShouldBe("mei");
        ((string)key["issued_by"]!).ShouldBe("local-admin");
        var listed = (await (await shared.AdminCommandAsync()).RunAsync("keys", "--operator", "mei")).ShouldEnd(Exit.Done).Output.Split('\n');
        listed[0].ShouldContain("ISSUED_BY");
        listed.ShouldContain(line => line.StartsWith(id, StringComparison.Ordinal) && line.Contains("local-admin"));
        key["roles"]!.ToJsonString().ShouldBe("""{"awoooi":"operator"}""");
        (await SharedSystem.ItemsAsync(shared.Admin, "operators")).ShouldContain(static row => (string?)row!["operator_id"] == "mei");
        (await shared.Viewer.GetAsync(Keys)).ShouldBeProblem(403, "role_required");
        (await shared.Admin.DeleteAsync($"{Keys}/{id}?reason=left")).ShouldSucceed();
        (await after.GetAsync("v1/platform/me")).ShouldBeProblem(401, "key_revoked");
        ((string)(await UntilAsync(id, static row => row["revoked_at"] is not null))["revoked_reason"]!).ShouldBe("left");
        (await SharedSystem.ItemsAsync(shared.Admin, "operators/keys?operator_id=mei&revoked=true")).ShouldHaveSingleItem();
        (await SharedSystem.ItemsAsync(shared.Admin, "operators")).ShouldNotContain(static row => (string?)row!["operator_id"] == "mei");
    }

    [Fact]
    public async Task Issue_WithADefaultProjectThatTheRolesDoNotReach_IsRefused()
    {
        (await shared.Admin.PostAsync(Keys, """{"operator_id":"mei","roles":{"webshop":"viewer"},"default_project":"awoooi"}"""))
            .ShouldBeProblem(422, "invalid_default_project");
    }

    private async Task<JsonNode> UntilAsync(string id, Func<JsonNode, bool> holds)
    {
        JsonNode? found = null;
        await Readiness.UntilAsync(
            async _ => (found = (await SharedSystem.ItemsAsync(shared.Admin, "operators/keys")).FirstOrDefault(row => (string?)row!["key_id"] == id)) is not null && holds(found),
            "The key is not on record",
            CancellationToken.None);
        return found!;
    }
}
