namespace AwoooP.Contracts;

/// <summary>Bounds of a contract; together they keep its state within the journal's.</summary>
internal static class ContractLimits
{
    /// <summary>Bytes of a document in canonical form.</summary>
    public const int MaxDocumentBytes = 24 * 1024;

    /// <summary>Bytes of a document as it was written: room for white space and escapes.</summary>
    public const int MaxTextBytes = 4 * MaxDocumentBytes;

    /// <summary>Levels of objects and arrays within each other, so that a document can be shown within another.</summary>
    public const int MaxDepth = 48;

    /// <summary>Versions that are not retired. What is retired stays in the log and in the record tables.</summary>
    public const int MaxHeldVersions = 5;

    /// <summary>People who must sign before a version is in force, none of whom published it.</summary>
    public const int SignaturesNeeded = 2;

    /// <summary>Signatures that a version takes in all, lapsed ones too: all of their ids are remembered, so that none is ever taken again.</summary>
    public const int MaxSignatures = 32;

    /// <summary>Signatures that are older when another comes no longer count.</summary>
    public static readonly TimeSpan SignatureLifetime = TimeSpan.FromHours(24);
}
