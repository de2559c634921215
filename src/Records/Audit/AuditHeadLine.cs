using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using AwoooP.Journal;

namespace AwoooP.Records;

/// <summary>A signed head as a line of the file that heads are kept in: a JSON object as the API answers it.</summary>
public static class AuditHeadLine
{
    internal static string Write(AuditHeadRow row) => JsonSerializer.Serialize(row, AuditHeadJson.Default.AuditHeadRow);

    /// <summary>False for what is no head, such as a line that was cut off. The position of one that is read is a <see cref="Position"/>.</summary>
    public static bool TryRead(string line, [NotNullWhen(true)] out AuditHeadRow? row)
    {
        try
        {
            row = JsonSerializer.Deserialize(line, AuditHeadJson.Default.AuditHeadRow);
        }
        catch (JsonException)
        {
            row = null;
        }

        if (row is not { ProjectId: not null, Hash: not null, KeyId: not null, Signature: not null } || !Position.TryParse(row.Position, out _))
            row = null;
        return row is not null;
    }
}
