using System.Text.Json.Nodes;

namespace AwoooP.EndToEnd;

/// <summary>Contracts of project awoooi over HTTP, for tests that are about what comes before or after.</summary>
internal static class Policies
{
    private const string Root = "v1/platform/contracts/";

    /// <summary>A policy of one rule, as JSON.</summary>
    /// <param name="more">Further fields, each with a comma behind it.</param>
    public static string Document(string effect = "deny", string more = "") =>
        $$"""{ {{more}}"schema_version":"v1","description":"What may be deleted.","rules":[{"name":"deletes","effect":"{{effect}}","actions":["delete:*"],"reason":"It cannot be undone."}] }""";

    public static async Task DraftAsync(this RawApi author, string contract, string document) =>
        (await author.PutAsync($"{Root}{contract}/draft", $$"""{"document":{{document}}}""")).ShouldSucceed();

    /// <summary>A policy that waits for signatures. Answers the hash of its document, which a signer names.</summary>
    public static async Task<string> PublishPolicyAsync(this RawApi publisher, string contract)
    {
        await publisher.DraftAsync(contract, Document());
        return await publisher.PublishAsync(contract);
    }

    /// <summary>The first version, as the publisher has read it. Answers the hash of its document.</summary>
    public static async Task<string> PublishAsync(this RawApi publisher, string contract)
    {
        var sha256 = (string)(await publisher.VersionAsync(contract))["document_sha256"]!;
        (await publisher.PostAsync($"{Root}{contract}/versions/1/publish", $$"""{"document_sha256":"{{sha256}}"}""")).ShouldSucceed();
        return sha256;
    }

    /// <param name="signatureId">One that was used already, for a replay.</param>
    public static Task<RawAnswer> SignAsync(this RawApi signer, string contract, string sha256, Guid? signatureId = null)
    {
        var id = signatureId ?? Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        return signer.PostAsync($"{Root}{contract}/versions/1/sign", $$"""{"document_sha256":"{{sha256}}","signature_id":"{{id}}"}""");
    }

    /// <summary>The first version as anybody who may see it sees it.</summary>
    public static async Task<JsonNode> VersionAsync(this RawApi reader, string contract) =>
        (await reader.GetAsync($"{Root}{contract}/versions/1")).ShouldSucceed().Body;
}
