using System.Text.Json.Serialization;
using AwoooP.Events;

namespace AwoooP.Approvals;

[JsonConverter(typeof(SnakeCaseEnumConverter<ApprovalStatus>))]
public enum ApprovalStatus
{
    None = 0,
    Pending,
    Approved,
    Rejected,
    Expired,
    Cancelled,
    Superseded,
    Executing,
    Executed,
    Failed,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<RiskLevel>))]
public enum RiskLevel
{
    None = 0,
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>auto needs no vote (offered from autonomy L4 on; below it is treated as standard), standard one, critical two distinct ones.</summary>
[JsonConverter(typeof(SnakeCaseEnumConverter<ApprovalLevel>))]
public enum ApprovalLevel
{
    None = 0,
    Auto,
    Standard,
    Critical,
}

[JsonConverter(typeof(SnakeCaseEnumConverter<VoteChoice>))]
public enum VoteChoice
{
    None = 0,
    Approve,
    Reject,
}
