namespace AwoooP.Api.Tests.Projects;

/// <summary>Ids that are known only once both tenants are filled.</summary>
/// <param name="Cursors">Where lists of either tenant go on, by the path of the operation that lists.</param>
/// <param name="Positions">Of acts in the audit trail, by tenant.</param>
/// <param name="Documents">Hashes of the documents of contracts, by tenant.</param>
internal sealed record TenantIds(
    IReadOnlyDictionary<string, IReadOnlyList<string>> Cursors,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Positions,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Documents);
