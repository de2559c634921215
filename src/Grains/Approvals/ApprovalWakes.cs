namespace AwoooP.Approvals;

/// <summary>The durable wake-ups of an approval; both are cleared when it leaves pending.</summary>
internal static class ApprovalWakes
{
    /// <summary>Two thirds of its life have passed without a decision.</summary>
    public const string Escalate = "escalate";

    public const string Expire = "expire";
}
