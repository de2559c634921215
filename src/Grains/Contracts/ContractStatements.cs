using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AwoooP.Events;
using AwoooP.Signing;

namespace AwoooP.Contracts;

/// <summary>
/// What is sealed and what is signed, as canonical JSON. A statement names the project, the contract, the version and the key, so that
/// a signature moved to another place, or given another signer or time, does not verify there.
/// </summary>
internal static class ContractStatements
{
    public static byte[] OfSeal(string projectId, ContractId id, HeldVersion held, string keyId, string publisher) => CanonicalJson.Of(new JsonObject
    {
        ["act"] = "publish",
        ["project_id"] = projectId,
        ["kind"] = Literal.Of(id.Kind),
        ["name"] = id.Name,
        ["number"] = held.Number,
        ["document"] = JsonNode.Parse(held.Document),
        ["publisher"] = publisher,
        ["key_id"] = keyId,
    });

    public static byte[] OfSignature(string projectId, ContractId id, HeldVersion held, string keyId, Guid signatureId, string signer, DateTimeOffset signedAt) =>
        CanonicalJson.Of(new JsonObject
        {
            ["act"] = "activate",
            ["project_id"] = projectId,
            ["kind"] = Literal.Of(id.Kind),
            ["name"] = id.Name,
            ["number"] = held.Number,
            ["document_sha256"] = held.Sha256,
            ["signature_id"] = signatureId.ToString("D"),
            ["signer"] = signer,
            ["signed_at"] = signedAt.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture),
            ["key_id"] = keyId,
        });

    /// <summary>64 lower-case hex digits over a document in canonical form.</summary>
    public static string Sha256Of(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
}
