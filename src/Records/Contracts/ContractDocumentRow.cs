namespace AwoooP.Records;

/// <summary>What a version says.</summary>
/// <param name="Version">Its row.</param>
/// <param name="Document">JSON text.</param>
public sealed record ContractDocumentRow(ContractVersionRow Version, string Document);
