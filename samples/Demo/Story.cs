using System.Diagnostics;
using System.Globalization;

namespace AwoooP.Demo;

/// <summary>Prints what happens, each line with the time since the start.</summary>
public sealed class Story(TextWriter output)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public void Tell(string line) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{Stopwatch.GetElapsedTime(_start).TotalSeconds,6:0.0} s] {line}"));

    public void Aside(string line) => output.WriteLine($"           {line}");
}
