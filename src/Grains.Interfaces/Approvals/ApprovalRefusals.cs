namespace AwoooP.Approvals;

/// <summary>Refusal codes of an approval that callers act on.</summary>
public static class ApprovalRefusals
{
    public const string NotFound = "approval_not_found";
}
