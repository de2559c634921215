using System.Globalization;

namespace AwoooP.Bench.Engine;

/// <summary>Prints each figure beside what is to be reached, and whether it is.</summary>
internal sealed class EngineTable
{
    private bool _isReached = true;

    public EngineTable()
    {
        Console.WriteLine("| what                                                         |       figure |         goal |     |");
        Console.WriteLine("| :----------------------------------------------------------- | -----------: | -----------: | :-- |");
    }

    /// <param name="rate">Null where this engine does not have such calls.</param>
    public void Rate(string what, double? rate, double goal) =>
        Row(what, rate is null ? (FormattableString)$"–" : $"{rate:N0}/s", $"{goal:N0}/s", rate is null ? null : rate >= goal);

    public void Bytes(string what, double bytes, double goal) => Row(what, $"{bytes:N0} B", $"{goal:N0} B", bytes <= goal);

    /// <param name="time">Null where this engine does not have it apart from the call.</param>
    public void Nanoseconds(string what, double? time, double goal) =>
        Row(what, time is null ? (FormattableString)$"–" : $"{time:N1} ns", $"{goal:N1} ns", time is null ? null : time <= goal);

    /// <param name="time">Null where this engine does not have such calls.</param>
    public void Time(string what, TimeSpan? time, TimeSpan goal) =>
        Row(what, time is null ? (FormattableString)$"–" : Told(time.Value, goal), Told(goal, goal), time is null ? null : time <= goal);

    /// <returns>Whether every goal was reached.</returns>
    public bool Conclude()
    {
        Console.WriteLine();
        Console.WriteLine(_isReached ? "Every goal was reached." : "Not every goal was reached.");
        return _isReached;
    }

    /// <summary>In the unit of what is to be reached.</summary>
    private static FormattableString Told(TimeSpan time, TimeSpan goal)
    {
        if (goal < TimeSpan.FromSeconds(1))
            return $"{time.TotalMicroseconds:N1} µs";
        return $"{time.TotalSeconds:N2} s";
    }

    private void Row(string what, FormattableString figure, FormattableString goal, bool? isReached)
    {
        _isReached &= isReached ?? true;
        var told = isReached switch { true => "yes", false => "no", null => "–" };
        Console.WriteLine($"| {what,-60} | {figure.ToString(CultureInfo.InvariantCulture),12} | {goal.ToString(CultureInfo.InvariantCulture),12} | {told,-3} |");
    }
}
