using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Records;

/// <summary>What is wrong with an audit chain, and where it shows first.</summary>
/// <param name="Position">Of the row: <c>{generation}.{partition}.{seq}</c>.</param>
/// <param name="Detail">One sentence for a person.</param>
public sealed record AuditFault(AuditFaultKind Kind, string ProjectId, int Partition, string Position, string Detail);

[JsonConverter(typeof(SnakeCaseEnumConverter<AuditFaultKind>))]
public enum AuditFaultKind
{
    None = 0,

    /// <summary>The row's hash is not that of its columns.</summary>
    Changed,

    /// <summary>The row does not follow the one that stands before it: one between them is missing, was put in or stands elsewhere, or the one before it was written anew.</summary>
    Unlinked,

    /// <summary>The row and the log's event at its position do not say the same.</summary>
    NotAsLogged,

    /// <summary>A row that was signed, or whose event is in the log, is not there.</summary>
    Missing,

    /// <summary>The row is another than the one that was signed.</summary>
    NotAsSigned,

    /// <summary>The head's signature is not that of its key.</summary>
    BadSignature,
}
