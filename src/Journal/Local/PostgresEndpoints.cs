namespace AwoooP.Journal.Local;

/// <summary>
/// How to reach one prepared database: a connection string a role. They hold passwords: never log them.
/// </summary>
/// <param name="Owner">Role awooop_owner: migrations only, never given to a silo.</param>
/// <param name="Engine">Role awooop_engine: across tenants, schema journal only.</param>
/// <param name="App">Role awooop_app: sees the projects named in <c>awooop.project_ids</c> only.</param>
/// <param name="Reader">Role awooop_reader: dashboards, select only.</param>
public sealed record PostgresEndpoints(string Owner, string Engine, string App, string Reader)
{
    public override string ToString() => nameof(PostgresEndpoints);
}
