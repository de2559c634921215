using AwoooP.Audit;

namespace AwoooP.Records;

/// <summary>One row of <c>awooop_audit_head</c>.</summary>
internal sealed record SignedAuditHead(AuditHead Head, AuditSignature Signature);
