using AwoooP.Journal.Delivery.Replay;

namespace AwoooP.Journal.Tenants;

/// <summary>A table that holds rows of tenants, each with its <c>project_id</c>.</summary>
/// <param name="Name">Schema and name with a dot, as people and manifests name it.</param>
/// <param name="Sql">The same, quoted for a statement.</param>
/// <param name="KeyColumns">Of the primary key, quoted; none where the table has no key.</param>
internal sealed record TenantTable(string Name, string Sql, IReadOnlyList<string> KeyColumns)
{
    /// <summary>Left by a rebuild or a cut of the log, or part of one: emptied with the others, and no part of an export.</summary>
    public bool IsShadow => ShadowSchema.Holds(Name);
}
