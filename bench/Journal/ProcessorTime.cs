using System.Diagnostics;
using System.Globalization;

namespace AwoooP.Bench.Journal;

/// <summary>Processor time used so far, by this process and by the database server with its sessions. On a busy machine it tells more than the clock.</summary>
internal readonly record struct ProcessorTime(TimeSpan Client, TimeSpan Server)
{
    private const double TicksPerSecond = 100;

    public static ProcessorTime Read(int postmaster)
    {
        using var self = Process.GetCurrentProcess();
        return new ProcessorTime(self.TotalProcessorTime, TimeSpan.FromSeconds(ServerTicks(postmaster) / TicksPerSecond));
    }

    public static ProcessorTime operator -(ProcessorTime later, ProcessorTime earlier) => new(later.Client - earlier.Client, later.Server - earlier.Server);

    public static ProcessorTime operator +(ProcessorTime one, ProcessorTime other) => new(one.Client + other.Client, one.Server + other.Server);

    // A session that ended counts in the postmaster's waited-for children.
    private static long ServerTicks(int postmaster)
    {
        long ticks = 0;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;

            var fields = ReadFields(folder);
            if (fields.Length < 16)
                continue;
            if (id == postmaster)
                ticks += Sum(fields, 11, 4);
            else if (fields[1] == postmaster.ToString(CultureInfo.InvariantCulture))
                ticks += Sum(fields, 11, 2);
        }

        return ticks;
    }

    private static string[] ReadFields(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // The process ended while the list was read.
            return [];
        }
    }

    private static long Sum(string[] fields, int first, int count) =>
        fields.Skip(first).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
}
