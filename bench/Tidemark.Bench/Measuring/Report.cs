namespace Tidemark.Bench.Measuring;

/// <summary>The table, printed line by line as the figures come in.</summary>
internal sealed class Report
{
    public bool AllReached { get; private set; } = true;

    public static void Header()
    {
        Console.WriteLine("| figure | measured | bound | reached | command |");
        Console.WriteLine("|---|---|---|---|---|");
    }

    /// <summary>A figure with its bound.</summary>
    public void Bound(string figure, string measured, string bound, bool reached, string command)
    {
        AllReached &= reached;
        Console.WriteLine($"| {figure} | {measured} | {bound} | {(reached ? "yes" : "**no**")} | `{command}` |");
    }

    /// <summary>A figure for orientation.</summary>
    public void Note(string figure, string measured, string command) =>
        Console.WriteLine($"| {figure} | {measured} | | | `{command}` |");

    public static string Milliseconds(double value) => value < 10 ? $"{value:F1} ms" : $"{value:F0} ms";

    public static string Megabytes(long bytes) => $"{bytes / 1048576.0:F0} MB";
}
