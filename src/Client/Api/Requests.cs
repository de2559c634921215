using System.ComponentModel.DataAnnotations;
using AwoooP.Commands;

namespace AwoooP.Client.Api;

/// <summary>A remark that goes with an action.</summary>
public sealed record CommentRequest([property: MaxLength(FreeText.MaxLength)] string? Comment = null);

/// <summary>Why an action is taken; needed.</summary>
public sealed record ReasonRequest
{
    [MaxLength(FreeText.MaxLength)]
    public required string Reason { get; init; }
}

/// <summary>Why an action is taken; may be left out.</summary>
public sealed record OptionalReasonRequest([property: MaxLength(FreeText.MaxLength)] string? Reason = null);
