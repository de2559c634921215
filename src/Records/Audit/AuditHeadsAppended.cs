namespace AwoooP.Records;

/// <summary>What one look at the database has brought into the file of heads.</summary>
/// <param name="Written">Heads that were appended.</param>
/// <param name="Unknown">Heads that were left out, since this process does not have the key that is to have signed them.</param>
/// <param name="Forged">Heads that were left out, since their signature is not that of their key.</param>
/// <param name="FirstForged">The first of those.</param>
internal readonly record struct AuditHeadsAppended(int Written, int Unknown, int Forged, AuditHeadRow? FirstForged);
