using System.Globalization;

namespace AwoooP.Bench.Load;

/// <summary>One thing that a client writes. Its text is sent along, and found again in what the platform tells of it.</summary>
/// <param name="Chain">The alert that it is an occurrence of, or the playbook that it is a revision of; no other load's.</param>
/// <param name="Number">Its place there, from 1 on.</param>
internal readonly record struct Write(string Chain, int Number)
{
    private const string Mark = "bench-load ";

    /// <summary>The write whose text a text ends with; null when there is none.</summary>
    public static Write? Find(string? text)
    {
        var at = text?.LastIndexOf(Mark, StringComparison.Ordinal) ?? -1;
        if (at < 0 || text![(at + Mark.Length)..].Split(' ') is not [var chain, var digits])
            return null;

        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new Write(chain, number) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark}{Chain} {Number}");
}
