namespace AwoooP.Journal.Reports;

public enum SiloState
{
    None = 0,

    /// <summary>It renews its lease.</summary>
    Alive = 1,

    /// <summary>It hands over what it owns, and stops.</summary>
    Leaving = 2,

    /// <summary>Its lease has run out, and nobody has declared it dead yet.</summary>
    Expired = 3,

    /// <summary>It left, or was declared dead.</summary>
    Dead = 4,
}
