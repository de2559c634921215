using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Events;
using AwoooP.Operators;
using AwoooP.Signing;

namespace AwoooP.Contracts;

/// <summary>
/// What is sealed and what is signed, as canonical JSON. A statement names the project, the contract, the version and the key, so that
/// a signature moved to another place, or given another signer or time, does not verify there.
/// </summary>
internal static class ContractStatements
{
    public static byte[] OfSeal(string projectId, ContractId id, HeldVersion held, string keyId, Signatory publisher) => Of(publisher, new JsonObject
    {
        ["act"] = "publish",
        ["project_id"] = projectId,
        ["kind"] = Literal.Of(id.Kind),
        ["name"] = id.Name,
        ["number"] = held.Number,
        ["document"] = JsonNode.Parse(held.Document),
        ["publisher"] = publisher.Name,
        ["key_id"] = keyId,
    });

    public static byte[] OfSignature(string projectId, ContractId id, HeldVersion held, string keyId, Guid signatureId, Signatory signer, DateTimeOffset signedAt) =>
        Of(signer, new JsonObject
        {
            ["act"] = "activate",
            ["project_id"] = projectId,
            ["kind"] = Literal.Of(id.Kind),
            ["name"] = id.Name,
            ["number"] = held.Number,
            ["document_sha256"] = held.Sha256,
            ["signature_id"] = signatureId.ToString("D"),
            ["signer"] = signer.Name,
            ["signed_at"] = signedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            ["key_id"] = keyId,
        });

    /// <summary>64 lower-case hex digits over a document in canonical form.</summary>
    public static string Sha256Of(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    /// <summary>What was made before issuers were told says nothing of them, and verifies as it was made.</summary>
    private static byte[] Of(Signatory who, JsonObject statement)
    {
        if (who.IssuedBy is { } issuers)
            statement["issued_by"] = new JsonArray([.. issuers.Select(static issuer => (JsonNode?)JsonValue.Create(issuer))]);
        return CanonicalJson.Of(statement);
    }
}
