namespace AwoooP.Silo.Hosting;

/// <summary>Which of the names that there are was meant by one that there is not.</summary>
internal static class NearestName
{
    /// <summary>Upper and lower case count the same.</summary>
    /// <returns>Null when there are none.</returns>
    public static string? To(string name, IEnumerable<string> known) => known.MinBy(one => Distance(one.ToUpperInvariant(), name.ToUpperInvariant()));

    /// <summary>Levenshtein's: how many characters must be put in, left out or changed to come from one name to the other.</summary>
    private static int Distance(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j + 1], row[j]) + 1, diagonal + (one[i] == other[j] ? 0 : 1)));
        }

        return row[^1];
    }
}
