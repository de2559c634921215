namespace AwoooP.Journal.Delivery.Projections;

/// <summary>A table by schema and name.</summary>
internal readonly record struct TableName(string Schema, string Name)
{
    public static TableName Parse(string qualified) => qualified.IndexOf('.') is var dot and > 0
        ? new TableName(qualified[..dot], qualified[(dot + 1)..])
        : new TableName("public", qualified);

    public static string Quote(string name) => '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    public string Sql => $"{Quote(Schema)}.{Quote(Name)}";

    public override string ToString() => $"{Schema}.{Name}";
}
