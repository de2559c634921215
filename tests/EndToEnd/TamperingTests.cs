using System.Text.Json.Nodes;
using AwoooP.Demo;
using Npgsql;

namespace AwoooP.EndToEnd;

/// <summary>
/// What somebody with the database's password changes behind the platform's back is found, and cannot be used. The silo holds contracts in memory,
/// so what is done to their rows shows once they are loaded again.
/// </summary>
public sealed class TamperingTests(SharedSystem shared) : IClassFixture<SharedSystem>
{
    private const string Invalid = "contract_signature_invalid";

    private const string AnotherDocument = "replace(state->'versions'->0->>'document', 'deny', 'allow')";

    /// <summary>The document as somebody wants it, with the hash that fits it.</summary>
    private const string Rehashed =
        $$"""
        jsonb_set(
            jsonb_set(state::jsonb, '{versions,0,document}', to_jsonb({{AnotherDocument}})),
            '{versions,0,sha256}', to_jsonb(encode(sha256(convert_to({{AnotherDocument}}, 'UTF8')), 'hex')))::json
        """;

    [Fact]
    public async Task Contract_WhoseRowWasChanged_IsFoundAtLoadAndCannotBeUsed()
    {
        string[] changed = ["edited", "rehashed", "resigned", "promoted", "waiting"];
        foreach (var name in (string[])["edited", "rehashed", "resigned", "whole"])
            await ActivateAsync($"policy/{name}");
        var sha256 = await shared.Publisher.PublishPolicyAsync("policy/promoted");
        (await shared.Approver.SignAsync("policy/promoted", sha256)).ShouldSucceed();
        await shared.Publisher.PublishPolicyAsync("policy/waiting");
        var zoe = await shared.CommandAsync("zoe", "approver");

        await RestartAsync(async () =>
        {
            await ChangeSnapshotAsync("edited", "replace(state::text, 'deny', 'allow')::json");
            await ChangeSnapshotAsync("rehashed", Rehashed);
            await ChangeSnapshotAsync("resigned", """replace(state::text, '"signer":"ann"', '"signer":"eve"')::json""");
            await ChangeSnapshotAsync("promoted", """replace(state::text, '"status":"published"', '"status":"active"')::json""");
            await ChangeSnapshotAsync("waiting", "replace(state::text, 'deny', 'allow')::json");
        });

        foreach (var name in changed)
        {
            var shown = (await zoe.RunAsync("contracts", "show", $"policy/{name}", "1", "--json")).ShouldEnd(Exit.Done).Json;
            ((string?)shown["unusable"]).ShouldBe(Invalid, name);
            await Readiness.UntilAsync(
                async token => (await File.ReadAllTextAsync(shared.System.Silos[0].Output, token)).Contains($"policy/{name} version 1 is unusable: {Invalid}", StringComparison.Ordinal),
                $"The log does not tell of {name}",
                CancellationToken.None);
        }

        var whole = await shared.Viewer.VersionAsync("policy/whole");
        ((string?)whole["status"]).ShouldBe("active");
        whole["unusable"].ShouldBeNull();
        await ShouldNotBeSignedAsync(zoe, "zoe", "policy/waiting", Invalid);
    }

    [Fact]
    public async Task ContractKey_ThatIsForAnotherProjectNow_IsGoodForNothingHereUntilItIsGivenBack()
    {
        var settings = Path.Combine(shared.System.Folder, "silo.json");
        await ActivateAsync("policy/lent");
        await shared.Publisher.PublishPolicyAsync("policy/lent_too");
        var yan = await shared.CommandAsync("yan", "approver");
        await using var find = shared.System.Superuser.CreateCommand("select min(key_id) from awooop_contract_signature where contract_id = 'policy/lent'");
        string? id = null;
        await Readiness.UntilAsync(async token => (id = await find.ExecuteScalarAsync(token) as string) is not null, "The signature is not on record", CancellationToken.None);

        await RestartAsync(async () =>
        {
            await File.WriteAllTextAsync(Path.Combine(shared.System.Folder, "home.key"), new string('k', 64));
            var (home, local) = (ContractKey("home", "home.key"), ContractKey(id!, "contracts.key"));
            local["Projects"] = new JsonArray("ewoooc");
            await File.WriteAllTextAsync(settings, new JsonObject
            {
                ["Integrations"] = new JsonObject { ["Contracts"] = new JsonObject { ["Keys"] = new JsonArray(home, local) } },
            }.ToJsonString());
        });

        const string Code = "contract_key_of_another_project";
        foreach (var lent in (string[])["policy/lent", "policy/lent_too"])
            ((string?)(await shared.Viewer.VersionAsync(lent))["unusable"]).ShouldBe(Code);
        await ShouldNotBeSignedAsync(yan, "yan", "policy/lent_too", Code);

        await RestartAsync(() =>
        {
            File.Delete(settings);
            return Task.CompletedTask;
        });

        (await shared.Viewer.VersionAsync("policy/lent"))["unusable"].ShouldBeNull();
        (await yan.RunAsync("contracts", "sign", "policy/lent_too", "1")).ShouldEnd(Exit.Done);
    }

    [Fact]
    public async Task RecordOfAContract_ThatWasChanged_IsBelievedByNobodyAndMendedFromTheLog()
    {
        const string Id = "policy/recorded";
        const string Record = $"public.awooop_contract_version where contract_id = '{Id}' and version = 1";
        var admin = await shared.AdminCommandAsync();
        await ActivateAsync(Id);
        await Readiness.UntilAsync(
            async _ => await shared.System.CountAsync($"select count(*) from {Record} and status = 'active'") == 1, "The contract is not in the records", CancellationToken.None);
        (await VerifyRecordsAsync(admin)).ShouldEnd(Exit.Done);

        await TamperAsync($"update public.awooop_contract_version set document = replace(document::text, 'deny', 'allow')::jsonb where contract_id = '{Id}' and version = 1");

        var used = await shared.Viewer.VersionAsync(Id);
        ((string?)used["document"]!["rules"]![0]!["effect"]).ShouldBe("deny");
        used["unusable"].ShouldBeNull();
        var compared = (await VerifyRecordsAsync(admin)).ShouldEnd(Exit.Failed);
        compared.Output.ShouldContain("awooop_contract_version: 1 rows only live, 1 only rebuilt");
        compared.Output.ShouldContain("awooop_contract: equal");

        (await admin.RunAsync("replay", "records.contracts")).ShouldEnd(Exit.Done);
        (await VerifyRecordsAsync(admin)).ShouldEnd(Exit.Done);
        (await shared.System.CountAsync($"select count(*) from {Record} and document::text like '%deny%'")).ShouldBe(1);
    }

    [Fact]
    public async Task AuditTrail_ThatWasChanged_IsFoundByVerifyAndWrittenAnewFromTheLog()
    {
        const string Id = "policy/audited";
        const string Row = $"public.awooop_audit_event set actor = '{{0}}' where act = 'contract.published' and object_id = '{Id}'";
        const string Event = $"journal.event set actor = '{{0}}' where type = 'contract.published' and grain_key = 'awoooi/{Id}'";
        var admin = await shared.AdminCommandAsync();
        await shared.Publisher.PublishPolicyAsync(Id);
        JsonNode? act = null;
        await Readiness.UntilAsync(
            async _ => (act = (await SharedSystem.ItemsAsync(shared.Viewer, $"audit/acts?act=contract.published&object_id={Uri.EscapeDataString(Id)}")).FirstOrDefault()) is not null,
            "The act is not on record",
            CancellationToken.None);
        var position = (string)act!["position"]!;
        await ShouldBeWholeAsync(admin);

        (string Changed, string Kind)[] changes = [(Row, "changed"), (Event, "not_as_logged")];
        foreach (var (changed, kind) in changes)
        {
            await TamperAsync("update " + changed.Replace("{0}", "nobody", StringComparison.Ordinal));
            var broken = (await admin.RunAsync("audit", "verify", "--json")).ShouldEnd(Exit.Failed);
            var fault = broken.Json["fault"]!;
            ((string?)fault["kind"]).ShouldBe(kind);
            ((string?)fault["position"]).ShouldBe(position);
            broken.Errors.ShouldStartWith($"The audit trail is broken at {position}, ");
            await TamperAsync("update " + changed.Replace("{0}", "pam", StringComparison.Ordinal));
            await ShouldBeWholeAsync(admin);
        }

        await TamperAsync($"delete from public.awooop_audit_event where act = 'contract.published' and object_id = '{Id}'");
        (await admin.RunAsync("audit", "verify")).ShouldEnd(Exit.Failed);
        (await admin.RunAsync("replay", "records.audit")).ShouldEnd(Exit.Done);
        await ShouldBeWholeAsync(admin);
    }

    private static async Task ShouldBeWholeAsync(AwooopCommand admin) =>
        (await admin.RunAsync("audit", "verify")).ShouldEnd(Exit.Done).Output.ShouldStartWith("The audit trail is whole.");

    private static Task<CommandEnd> VerifyRecordsAsync(AwooopCommand admin) => admin.RunAsync("replay", "records.contracts", "--verify");

    /// <summary>It is refused with the code, which stands in the trail, and nothing is written.</summary>
    private async Task ShouldNotBeSignedAsync(AwooopCommand signer, string name, string contract, string code)
    {
        var before = await shared.EventsOfAsync(contract);
        (await signer.RunAsync("contracts", "sign", contract, "1")).ShouldBeRefused(Exit.Refused, code);
        (await shared.EventsOfAsync(contract)).ShouldBe(before);
        await Readiness.UntilAsync(
            async _ => (await SharedSystem.ItemsAsync(shared.Viewer, $"audit/acts?actor={name}&outcome=denied&object_id=SignContract"))
                .Any(row => (string?)row!["reason"] == $"409 {code}"),
            "The refusal is not on record",
            CancellationToken.None);
    }

    /// <summary>A policy in force, signed by ann and sam.</summary>
    private async Task ActivateAsync(string contract)
    {
        var sha256 = await shared.Publisher.PublishPolicyAsync(contract);
        (await shared.Approver.SignAsync(contract, sha256)).ShouldSucceed();
        var sam = await shared.IssueAsync("sam", "approver");
        (await sam.SignAsync(contract, sha256)).ShouldSucceed();
        ((string?)(await sam.VersionAsync(contract))["status"]).ShouldBe("active");
    }

    /// <summary>Everything is loaded anew afterwards.</summary>
    private async Task RestartAsync(Func<Task> meanwhile)
    {
        await shared.System.Silos[0].StopAsync();
        await meanwhile();
        await shared.System.StartSiloAsync();
    }

    private JsonObject ContractKey(string id, string file) => new() { ["KeyId"] = id, ["Secret"] = $"file://{Path.Combine(shared.System.Folder, file)}" };

    /// <param name="policy">The contract's name.</param>
    /// <param name="state">SQL for the snapshot that takes the place of <c>state</c>; it must be another one.</param>
    private Task ChangeSnapshotAsync(string policy, string state) =>
        TamperAsync($"update journal.grain set state = {state} where grain_key = 'awoooi/policy/{policy}' and ({state})::text <> state::text");

    /// <summary>One row is changed, past the triggers that keep everybody from it.</summary>
    private async Task TamperAsync(string sql)
    {
        await using var connection = await shared.System.Superuser.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var pass = new NpgsqlCommand("set local session_replication_role = replica", connection))
            await pass.ExecuteNonQueryAsync();
        await using var change = new NpgsqlCommand(sql, connection);
        (await change.ExecuteNonQueryAsync()).ShouldBe(1, sql);
        await transaction.CommitAsync();
    }
}
