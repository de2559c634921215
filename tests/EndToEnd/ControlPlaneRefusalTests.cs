using System.Text.Json.Nodes;
using AwoooP.Demo;
using AwoooP.Testing;

namespace AwoooP.EndToEnd;

/// <summary>
/// What must not be done with a contract, by the command line: each is told by a code of its own, changes nothing, and stands in the audit trail
/// under the name of whoever tried.
/// </summary>
public sealed class ControlPlaneRefusalTests(ControlPlaneSystem shared) : IClassFixture<ControlPlaneSystem>
{
    private const string Stranger = "unknown:caller";

    [Fact]
    public async Task Publish_OfAContractWithAnUnknownField_NamesTheField()
    {
        const string Id = "policy/surprising";
        var una = await shared.CommandAsync("una", "admin");
        await shared.Admin.DraftAsync(Id, Policies.Document(more: "\"surprise\":1,"));
        var before = await StandingAsync(Id);

        (await una.RunAsync("contracts", "publish", Id, "1")).ShouldBeRefused(Exit.Invalid, "unknown_field").Errors.ShouldContain("$.surprise");

        (await StandingAsync(Id)).ShouldBe(before);
        await ShouldBeOnRecordAsync("una", "PublishContract", "422 unknown_field");
    }

    [Fact]
    public async Task Publish_OfASchemaWithARemoteReference_IsRefusedAndNobodyAsksThere()
    {
        const string Id = "tool/remote";
        var rob = await shared.CommandAsync("rob", "admin");
        await shared.Admin.DraftAsync(Id, new JsonObject
        {
            ["schema_version"] = "v1",
            ["description"] = "Restarts a workload.",
            ["provider"] = "kubernetes",
            ["effect"] = "reversible",
            ["blast_radius"] = new JsonObject { ["scope"] = "workload", ["max_targets"] = 1 },
            ["arguments_schema"] = new JsonObject { ["$ref"] = $"{shared.Provider.Issuer}/keys" },
            ["timeout_seconds"] = 60,
        }.ToJsonString());
        var (before, asked) = (await StandingAsync(Id), shared.Provider.Fetches);

        (await rob.RunAsync("contracts", "publish", Id, "1")).ShouldBeRefused(Exit.Invalid, "schema_ref_remote").Errors.ShouldContain("$.arguments_schema.$ref");

        (await StandingAsync(Id)).ShouldBe(before);
        shared.Provider.Fetches.ShouldBe(asked);
        await ShouldBeOnRecordAsync("rob", "PublishContract", "422 schema_ref_remote");
    }

    [Fact]
    public async Task Sign_ByThePublisher_IsRefused()
    {
        const string Id = "policy/own";
        var key = await shared.IssueKeyAsync("pia", "admin");
        var sha256 = await shared.As(key).PublishPolicyAsync(Id);
        var before = await StandingAsync(Id);

        (await SignAsync(key, Id, sha256)).ShouldBeRefused(Exit.NotAllowed, "publisher_cannot_sign");

        (await StandingAsync(Id)).ShouldBe(before);
        await ShouldBeOnRecordAsync("pia", "SignContract", "403 publisher_cannot_sign");
    }

    /// <summary>The command line makes every signature anew, so whoever has seen one sends it himself.</summary>
    [Fact]
    public async Task Sign_WithASignatureThatWasUsedBefore_IsRefusedHereAndForAnotherContract()
    {
        const string First = "policy/first", Second = "policy/second";
        var (ria, sia) = (await shared.IssueAsync("ria", "approver"), await shared.IssueAsync("sia", "approver"));
        var (first, second) = (await shared.Publisher.PublishPolicyAsync(First), await shared.Publisher.PublishPolicyAsync(Second));
        var used = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        (await ria.SignAsync(First, first, used)).ShouldSucceed();
        var before = (await StandingAsync(First), await StandingAsync(Second));

        (await sia.SignAsync(First, first, used)).ShouldBeProblem(409, "signature_replayed");
        (await ria.SignAsync(Second, second, used)).ShouldBeProblem(409, "signature_replayed");

        (await StandingAsync(First), await StandingAsync(Second)).ShouldBe(before);
        await ShouldBeOnRecordAsync("sia", "SignContract", "409 signature_replayed");
        await ShouldBeOnRecordAsync("ria", "SignContract", "409 signature_replayed");
    }

    /// <summary>It stands in the trail of the project that its owner is at home in: nobody writes into one where they have no role.</summary>
    [Fact]
    public async Task Sign_WithAKeyOfAnotherProject_IsRefused()
    {
        const string Id = "policy/foreign";
        var sha256 = await shared.Publisher.PublishPolicyAsync(Id);
        var key = await shared.IssueKeyAsync("eve", "admin", project: "ewoooc");
        var before = await StandingAsync(Id);

        (await SignAsync(key, Id, sha256, "--project", "awoooi")).ShouldBeRefused(Exit.NotAllowed, "role_required");

        (await StandingAsync(Id)).ShouldBe(before);
        await ShouldBeOnRecordAsync("eve", "SignContract", "403 role_required", "--project", "ewoooc");
    }

    [Fact]
    public async Task Sign_WithATokenWithoutAlgorithmOrForSomebodyElse_IsRefusedAndTheRightOneIsTaken()
    {
        const string Id = "policy/by_token";
        var sha256 = await shared.Publisher.PublishPolicyAsync(Id);
        var claims = shared.Provider.Claims(TimeProvider.System.GetUtcNow());
        var unsigned = TestProvider.Sign(claims, new JsonObject { ["alg"] = "none", ["typ"] = "JWT" }, static _ => []);
        var right = shared.Provider.Token(claims);
        claims["aud"] = "another";
        var forAnother = shared.Provider.Token(claims);
        var before = await StandingAsync(Id);

        (await SignAsync(unsigned, Id, sha256)).ShouldBeRefused(Exit.NotAllowed, "token_algorithm_refused");
        (await SignAsync(forAnother, Id, sha256)).ShouldBeRefused(Exit.NotAllowed, "token_audience_wrong");

        (await StandingAsync(Id)).ShouldBe(before);
        await ShouldBeOnRecordAsync(Stranger, "SignContract", "401 token_algorithm_refused", "--scope", "operators");
        await ShouldBeOnRecordAsync(Stranger, "SignContract", "401 token_audience_wrong", "--scope", "operators");
        (await SignAsync(right, Id, sha256)).ShouldEnd(Exit.Done);
        ((string?)(await shared.Viewer.VersionAsync(Id))["signatures"]![0]!["signer"]).ShouldBe("ann@corp");
    }

    [Fact]
    public async Task Sign_WithAKeyThatHasEnded_IsRefused()
    {
        const string Id = "policy/too_late";
        var sha256 = await shared.Publisher.PublishPolicyAsync(Id);
        var key = await shared.IssueKeyAsync("xia", "approver", expiresAt: TimeProvider.System.GetUtcNow().AddSeconds(3));
        var xia = shared.As(key);
        await Readiness.UntilAsync(async _ => (await xia.GetAsync("v1/platform/me")).Status == 401, "The key does not end", CancellationToken.None);
        var before = await StandingAsync(Id);

        (await SignAsync(key, Id, sha256)).ShouldBeRefused(Exit.NotAllowed, "key_expired");

        (await StandingAsync(Id)).ShouldBe(before);
        await ShouldBeOnRecordAsync("xia", "SignContract", "401 key_expired");
    }

    /// <summary>Names the document's hash, so that signing is the only thing that is asked for.</summary>
    private Task<CommandEnd> SignAsync(string key, string contract, string sha256, params string[] more) =>
        new AwooopCommand(shared.System, key).RunAsync(["contracts", "sign", contract, "1", "--sha256", sha256, .. more]);

    /// <summary>All that could have changed: what was ever recorded of the contract, and how it is shown.</summary>
    private async Task<(long Events, string Shown)> StandingAsync(string contract) =>
        (await shared.EventsOfAsync(contract), (await shared.Viewer.VersionAsync(contract)).ToJsonString());

    private async Task ShouldBeOnRecordAsync(string actor, string operation, string reason, params string[] where)
    {
        var admin = await shared.AdminCommandAsync();
        string[] list = ["audit", "list", "--actor", actor, "--outcome", "denied", "--object", operation, "--json", .. where];
        await Readiness.UntilAsync(
            async _ => (await admin.RunAsync(list)).ShouldEnd(Exit.Done).Json["items"]!.AsArray()
                .Count(row => (string?)row!["act"] == "audit.denied" && (string?)row!["reason"] == reason) == 1,
            $"The refusal {reason} of {actor} is not on record once",
            CancellationToken.None);
    }
}
