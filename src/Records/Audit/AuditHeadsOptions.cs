namespace AwoooP.Records;

/// <summary>Where signed heads are kept out of the database's reach. Section <c>Integrations:Audit</c>, beside the keys.</summary>
public sealed class AuditHeadsOptions
{
    public const string Place = "Integrations:Audit";

    /// <summary>
    /// The absolute path of a file that every head of this silo's chains is appended to once it is signed, as <c>awooop audit verify --heads</c> reads it; it
    /// should lie where the owner of the database cannot write. Silos of one machine may share it. Default: none, and heads stay in the database.
    /// </summary>
    public string? HeadsFile { get; set; }

    internal static bool IsValid(AuditHeadsOptions options) =>
        string.IsNullOrEmpty(options.HeadsFile) || (Path.IsPathFullyQualified(options.HeadsFile) && !Path.EndsInDirectorySeparator(options.HeadsFile));
}
