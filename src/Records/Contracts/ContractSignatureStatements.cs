using AwoooP.Contracts;
using AwoooP.Records.Projecting;

namespace AwoooP.Records;

/// <summary>How <c>awooop_contract_signature</c> is written. It is insert-only.</summary>
internal static class ContractSignatureStatements
{
    public static BulkStatement<DecodedEvent> Insert { get; } = new BulkStatement<DecodedEvent>(
        """
        insert into awooop_contract_signature (
            id, project_id, contract_id, version, purpose, signature_id, signer, document_sha256, key_id, hmac, signed_at)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """)
        .Uuid(next => next.Recorded.RowId("awooop_contract_signature"))
        .Text(next => next.ProjectId)
        .Text(next => next.LocalKey)
        .Integer(next => Of(next).Number)
        .Text(next => Of(next).Signature is null ? "publish" : "activate")
        .Uuid(next => Of(next).Signature?.SignatureId)
        .Text(next => Of(next).Signature?.Signer ?? Of(next).Seal!.By, 100)
        .Text(next => Of(next).Sha256)
        .Text(next => Of(next).Signature?.KeyId ?? Of(next).Seal!.KeyId, 64)
        .Text(next => Of(next).Signature?.Hmac ?? Of(next).Seal!.Hmac)
        .Time(next => Of(next).Signature?.SignedAt ?? next.At);

    public static bool Tells(DecodedEvent next) => next.Data is ContractPublished or ContractSigned;

    private static (int Number, string Sha256, ContractSeal? Seal, ContractSignature? Signature) Of(DecodedEvent next) => next.Data switch
    {
        ContractPublished published => (published.Number, published.Sha256, published.Seal, null),
        ContractSigned signed => (signed.Number, signed.Sha256, null, signed.Signature),
        _ => throw next.Unknown(),
    };
}
