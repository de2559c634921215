using System.Text.Json.Serialization;

namespace AwoooP.Commands;

/// <summary>
/// What a command answers: accepted, with the version and the log position that it led to, or refused with a reason.
/// It is stored with the command id, so a repeated command answers the very same.
/// </summary>
/// <param name="Version">The aggregate's version after the command, or the current one when it was refused.</param>
/// <param name="Position">Where the last event stands (<c>{generation}.{partition}.{seq}</c>); null when nothing was written.</param>
public sealed record CommandResult(long Version, string? Position = null, Refusal? Refusal = null)
{
    [JsonIgnore]
    public bool IsAccepted => Refusal is null;

    public static CommandResult Refuse(long version, Refusal refusal) => new(version, Refusal: refusal);
}
