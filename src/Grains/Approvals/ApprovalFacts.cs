namespace AwoooP.Approvals;

/// <summary>What the guards of an approval look at. Each trigger fills in what its own guards need.</summary>
public readonly record struct ApprovalFacts
{
    /// <summary>With this vote, enough distinct people have approved.</summary>
    public bool EnoughVotes { get; init; }

    public bool ForThisPlan { get; init; }
    public bool Succeeded { get; init; }
}
