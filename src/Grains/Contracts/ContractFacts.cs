namespace AwoooP.Contracts;

/// <param name="IsVerified">Every signature that the version bears verifies.</param>
/// <param name="IsComplete">With this signature enough people have signed.</param>
internal readonly record struct ContractFacts(bool IsVerified, bool IsComplete);
