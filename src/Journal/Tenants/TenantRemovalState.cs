namespace AwoooP.Journal.Tenants;

/// <summary>How far the removal of a project has come, by its row in the database.</summary>
public enum TenantRemovalState
{
    /// <summary>It was not begun, or was given up.</summary>
    None = 0,

    /// <summary>Nothing of the project can be written any more; nothing is deleted, and it can be given up.</summary>
    Fenced,

    /// <summary>Rows are being deleted: it can only be gone on with.</summary>
    Deleting,

    /// <summary>Nothing of the project is left.</summary>
    Removed,
}
