using System.Text;

namespace AwoooP.Journal.Migrations;

/// <summary>
/// Cuts a script into statements at the semicolons that end a line, since statements sent together share a transaction.
/// Only scripts marked as not transactional are cut; they hold plain statements, never a function body.
/// </summary>
internal static class SqlScript
{
    public static IEnumerable<string> Split(string script)
    {
        var statement = new StringBuilder();
        foreach (var line in script.Split('\n'))
        {
            if (line.TrimStart().StartsWith("--", StringComparison.Ordinal) || string.IsNullOrWhiteSpace(line))
                continue;

            statement.Append(line).Append('\n');
            if (!line.TrimEnd().EndsWith(';'))
                continue;

            yield return statement.ToString();
            statement.Clear();
        }

        if (statement.Length > 0)
            yield return statement.ToString();
    }
}
