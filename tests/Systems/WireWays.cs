namespace AwoooP.Systems;

/// <summary>The directions of a wire.</summary>
[Flags]
public enum WireWays
{
    None = 0,

    /// <summary>From whoever connects.</summary>
    There = 1,

    /// <summary>To whoever connected.</summary>
    Back = 2,

    Both = There | Back,
}
