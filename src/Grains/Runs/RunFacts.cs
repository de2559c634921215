namespace AwoooP.Runs;

/// <summary>What the guards of a run's transitions look at. Each trigger fills in what its own guards need.</summary>
public readonly record struct RunFacts
{
    public bool NeedsApproval { get; init; }
    public ApprovalDenial Denial { get; init; }
    public bool WaitIsOver { get; init; }
    public bool ChecksPassed { get; init; }
    public bool IsWaitStep { get; init; }

    /// <summary>After the outcome that is being recorded, forward or back, something is left to do.</summary>
    public bool StepsLeft { get; init; }

    /// <summary>A forward step failed, now or before.</summary>
    public bool HasFault { get; init; }

    public bool StepUnderWay { get; init; }
    public bool HasBegunSteps { get; init; }

    /// <summary>A model step is under way or still to come, and nothing is being rolled back.</summary>
    public bool ModelAhead { get; init; }

    /// <summary>Attempts are left, and a step that was cut off may be repeated.</summary>
    public bool MayTryAgain { get; init; }

    /// <summary>The lease under which the last step was begun is over.</summary>
    public bool EffectIsOver { get; init; }
}
