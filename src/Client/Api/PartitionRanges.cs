using System.Globalization;

namespace AwoooP.Client.Api;

/// <summary>Partitions as people write them: <c>0-41, 77</c>.</summary>
internal static class PartitionRanges
{
    /// <param name="partitions">Ascending, each once.</param>
    public static string Of(IReadOnlyList<short> partitions)
    {
        var ranges = new List<string>();
        for (int first = 0, last; first < partitions.Count; first = last + 1)
        {
            last = first;
            while (last + 1 < partitions.Count && partitions[last + 1] == partitions[last] + 1)
                last++;
            ranges.Add(last == first
                ? partitions[first].ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{partitions[first]}-{partitions[last]}"));
        }

        return string.Join(", ", ranges);
    }
}
